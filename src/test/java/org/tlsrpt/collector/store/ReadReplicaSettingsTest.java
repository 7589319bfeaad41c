package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadReplicaSettingsTest {

  private static final String OTHER = "jdbc:postgresql://db.example/tlsrpt";

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://replica.example:5432/tlsrpt, jdbc:postgresql://replica.example:5432/tlsrpt",
    "'jdbc:postgresql://a.example,b.example/t', 'jdbc:postgresql://a.example,b.example/t'",
    "'', jdbc:postgresql://db.example/tlsrpt",
    "' ', jdbc:postgresql://db.example/tlsrpt",
    ", jdbc:postgresql://db.example/tlsrpt",
  })
  void sendsQueriesToTheCopyIfThereIsOne(String readUrl, String url) {
    assertThat(new ReadReplica.Settings(readUrl).urlOr(OTHER)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replica.example:5432",
        "http://replica.example",
        "jdbc:mysql://a/b",
        "jdbc:postgresql://a:port/b"
      })
  void refusesWhatIsNoPostgresql(String readUrl) {
    assertThatThrownBy(() -> new ReadReplica.Settings(readUrl))
        .hasMessageContaining("tlsrpt.database.read-url");
  }
}
