package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.FaultProxy;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.ProxiedDatabase.Direct;
import org.tlsrpt.collector.testing.ProxiedTest;

/** A database that answers, but not as it should: every report is kept, and stored once. */
@ProxiedTest
class DatabaseTroubleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A sender gives up at 10 s; promised are 5. */
  private static final Duration PROMISED = Duration.ofSeconds(5);

  /** A sequence counts also what is rolled back. */
  private static final String TROUBLE =
      """
      create sequence trouble;
      create function trouble() returns trigger language plpgsql as $$
      begin
        if nextval('trouble') <= %s then
          raise exception 'made by a test' using errcode = '%s';
        end if;
        return new;
      end $$;
      create trigger trouble before insert on report
        for each statement execute function trouble();
      """;

  private static final String NO_TROUBLE =
      """
      drop trigger if exists trouble on report;
      drop function if exists trouble();
      drop sequence if exists trouble;
      """;

  @Autowired Http http;
  @Autowired FaultProxy proxy;
  @Autowired Direct database;
  @Autowired Spool spool;

  @BeforeEach
  void awaitDatabase() {
    await()
        .atMost(PATIENCE)
        .until(() -> http.post("/v1/tlsrpt", report()).status() == 201 && spool.files() == 0);
  }

  @AfterEach
  void repair() throws SQLException {
    proxy.pass();
    onlyReads(false);
    execute(NO_TROUBLE);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "53100, disk full",
    "53200, out of memory",
    "53300, too many connections",
    "55P03, lock not available",
    "57014, statement timeout",
    "57P01, shutting down",
    "57P03, starting up",
    "25006, a standby that only reads",
    "XX000, internal error",
    "40001, serialization failure at every try",
    "40P01, deadlock at every try"
  })
  void keepsReportsInTheSpoolUntilTheTroubleIsOver(String state, String name) throws SQLException {
    execute(TROUBLE.formatted(1_000_000, state));
    var answer = http.post("/v1/tlsrpt", report());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    execute(NO_TROUBLE);
    awaitStored(answer);
  }

  /** As after a switchover, when connections were made before the address led elsewhere. */
  @Test
  void leavesAServerThatOnlyReadsForOneThatWrites() throws SQLException {
    onlyReads(true);
    var answer = http.post("/v1/tlsrpt", report());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    assertThat(makeToken().status()).isEqualTo(503);
    onlyReads(false);
    awaitStored(answer);
    await().atMost(PATIENCE).until(() -> makeToken().status() == 201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void triesAgainAfterWhatOthersCaused(String state) throws SQLException {
    execute(TROUBLE.formatted(2, state));

    assertThat(http.post("/v1/tlsrpt", report()).status()).isEqualTo(201);
  }

  /** Whether the database has the report nobody can know; so it must be able to come again. */
  @Test
  void storesOnceWhenTheAnswerToACommitIsLost() throws SQLException {
    var report = report();
    proxy.cutAtCommit();
    var answer = http.post("/v1/tlsrpt", report);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    awaitStored(answer);
    await().atMost(PATIENCE).until(() -> spool.files() == 0);
    var again = http.post("/v1/tlsrpt", report);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("id")).isEqualTo(answer.json().get("id"));
  }

  @Test
  void answersInTimeWhileEveryReplyOfTheDatabaseIsSlow() {
    proxy.delay(Duration.ofMillis(500));
    var begun = System.nanoTime();
    var answer = http.post("/v1/tlsrpt", report());
    var took = Duration.ofNanos(System.nanoTime() - begun);

    assertThat(answer.status()).as(answer.toString()).isIn(201, 202);
    assertThat(took).isLessThan(PROMISED);
    assertThat(asAdmin("/v1/reports").status()).as("queries meanwhile").isEqualTo(200);
    awaitStored(answer);
  }

  /** From the next connection on; those that there are end when they begin to be wrong. */
  private void onlyReads(boolean begin) throws SQLException {
    var url = database.details().getJdbcUrl();
    execute(
        """
        begin read write;
        alter database %s set default_transaction_read_only = %s;
        commit
        """
            .formatted(url.substring(url.lastIndexOf('/') + 1), begin));
    if (begin) {
      execute(
          """
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()
          """);
    }
  }

  private static String report() {
    return "{\"report-id\":\"%s\",\"policies\":[]}".formatted(UUID.randomUUID());
  }

  private Http.Answer makeToken() {
    return http.post(
        "/v1/tokens",
        "{\"name\":\"a script\",\"scope\":\"read\"}",
        "Content-Type",
        "application/json",
        "Authorization",
        Http.basic("admin", Http.PASSWORD));
  }

  private void awaitStored(Http.Answer answer) {
    var id = answer.json().get("id").asString();
    await().atMost(PATIENCE).until(() -> asAdmin("/v1/reports/" + id).status() == 200);
  }

  private Http.Answer asAdmin(String path) {
    return http.get(path, "Authorization", Http.basic("admin", Http.PASSWORD));
  }

  private void execute(String sql) throws SQLException {
    var details = database.details();
    try (var connection =
            DriverManager.getConnection(
                details.getJdbcUrl(), details.getUsername(), details.getPassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
