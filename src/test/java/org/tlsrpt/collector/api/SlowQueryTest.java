package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.Http;

/** A query that takes longer than it may: here it waits for a lock that is never released. */
@UnusualSettings
class SlowQueryTest {

  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  @Autowired Http http;
  @Autowired DataSource database;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/reports",
        "/v1/reports?domain=example.com&resultType=certificate-expired",
        "/v1/failures",
        "/v1/failures?domain=example.com&sendingIp=192.0.2.0/24",
        "/v1/summary?by=day",
        "/v1/summary?by=mx,reasonCode",
        "/v1/domains",
        "/v1/reports/" + NOBODY,
        "/v1/reports/" + NOBODY + "/raw"
      })
  void isEndedAndAnsweredWithWordsThatHelp(String path) throws SQLException {
    try (var lock = database.getConnection()) {
      lock(lock);

      var answer = http.getAsAdmin(path);

      assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
      assertThat(answer.type()).startsWith("application/problem+json");
      assertThat(answer.json().get("type").asString())
          .isEqualTo("urn:tlsrpt-collector:problem:too-slow");
      assertThat(answer.json().get("detail").asString()).contains("took too long", "narrow it");
      assertThat(answer.header("retry-after")).as("again would take as long").isEmpty();
      lock.rollback();
    }

    assertThat(http.getAsAdmin(path).status()).as("once the lock is gone").isIn(200, 404);
  }

  private static void lock(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table report in access exclusive mode");
    }
  }
}
