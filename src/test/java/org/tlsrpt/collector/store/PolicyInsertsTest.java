package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.store.Reports.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import tools.jackson.databind.json.JsonMapper;

@CollectorTest
class PolicyInsertsTest {

  @Autowired DataSource database;
  @Autowired JdbcTemplate jdbc;
  @Autowired JsonMapper json;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
  }

  @Test
  void comparesAFewDetailsWithTheirPolicy() throws SQLException {
    assertThat(policiesLookedUpFor(499)).isEqualTo(499);
  }

  @Test
  void comparesManyDetailsWithNothingSinceTheirPolicyIsOfTheSameTransaction() throws SQLException {
    assertThat(policiesLookedUpFor(500)).isZero();
  }

  @Test
  void comparesThemWhereSomebodyPutATrigger() throws SQLException {
    assertThat(
            policiesLookedUpFor(
                500,
                "create function nothing() returns trigger language plpgsql"
                    + " as 'begin return new; end'",
                "create trigger somebodys after insert on failure_detail"
                    + " for each row execute function nothing()"))
        .isEqualTo(500);
  }

  @Test
  void theNextTransactionOfTheConnectionComparesAgain() throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, 500);
      connection.commit();
      try (var statement = connection.createStatement();
          var answer = statement.executeQuery("show session_replication_role")) {
        answer.next();
        assertThat(answer.getString(1)).isEqualTo("origin");
      }
    }
    assertThat(jdbc.queryForObject("select count(*) from failure_detail", int.class))
        .isEqualTo(500);
  }

  private long policiesLookedUpFor(int details, String... before) throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        for (var sql : before) {
          statement.execute(sql);
        }
        var earlier = lookUps(statement);
        insert(connection, details);
        return lookUps(statement) - earlier;
      } finally {
        connection.rollback();
      }
    }
  }

  private static long lookUps(Statement statement) throws SQLException {
    try (var answer =
        statement.executeQuery("select pg_stat_get_xact_numscans('policy_pkey'::regclass::oid)")) {
      answer.next();
      return answer.getLong(1);
    }
  }

  private void insert(Connection connection, int details) throws SQLException {
    var report = report().policy("sts", "example.com", 0, details, details).build();
    var outbox = new Outbox(connection);
    var fresh = new ReportInserts(outbox, json).insert(DomainPart.of(report));
    new PolicyInserts(outbox).insert(fresh);
    outbox.send();
  }
}
