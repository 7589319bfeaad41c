package org.tlsrpt.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {

  private static final String URL = "jdbc:postgresql://127.0.0.1:1/tlsrpt";

  @ParameterizedTest
  @CsvSource({
    "08001, SILENT", // nobody listens
    "08006, SILENT", // no answer in time
    "57P01, SILENT", // shutting down
    ", SILENT",
    "57P03, RECOVERING",
    "53300, READY", // the pools took all connections
  })
  void waitsForWhatPassesByItself(String state, Readiness readiness) {
    assertThat(Readiness.judge(URL, new SQLException("no", state))).isEqualTo(readiness);
  }

  @ParameterizedTest
  @ValueSource(strings = {"28P01", "28000", "3D000"})
  void doesNotWaitForAServerThatWillNeverLetItIn(String state) {
    assertThatThrownBy(() -> Readiness.judge(URL, new SQLException("no", state)))
        .isInstanceOf(EmbeddedServerException.class);
  }
}
