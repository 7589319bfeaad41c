package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tlsrpt.collector.intake.Deliveries.NOON;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.intake.ReplayProgress.State;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportQueries;
import org.tlsrpt.collector.testing.CollectorTest;

/** Entries another reader refused, before this one, which can read most of them. */
@CollectorTest
class QuarantineReplayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired Quarantine quarantine;
  @Autowired QuarantineReplay replay;
  @Autowired Intake intake;
  @Autowired ReportQueries reports;
  @Autowired JdbcTemplate jdbc;
  @Autowired DataSource reads;

  @BeforeEach
  void emptyTables() {
    await().atMost(PATIENCE).until(() -> replay.progress().state() != State.RUNNING);
    jdbc.execute("truncate quarantine, report cascade");
  }

  @Test
  void doesNotBringBackAnEntryThatIsDeletedMeanwhile() {
    var id = keep("{\"broken", 0);
    var underWay = quarantine.delivery(id).orElseThrow();
    quarantine.delete(id);

    quarantine.stillRefused(underWay, Reason.UNREADABLE, "Still broken.");

    assertThat(quarantine.find(id)).isEmpty();
  }

  @Test
  void storesWhatAReaderThatGotBetterTakesAsIfItCameThen() {
    var id = keep(report("one"), 0);

    var outcome = replay.replay(id);

    assertThat(outcome).isInstanceOf(ReplayOutcome.Stored.class);
    var stored =
        reports
            .report(((ReplayOutcome.Stored) outcome).reportId(), new Reach.Everything())
            .orElseThrow();
    assertThat(stored.reportId()).isEqualTo("one");
    assertThat(stored.receivedAt()).isEqualTo(NOON);
    assertThat(stored.recipientDomain()).isEqualTo("example.com");
    assertThat(stored.source().channel()).isEqualTo("https");
    assertThat(stored.source().ip()).isEqualTo("192.0.2.1");
    assertThat(stored.source().userAgent()).isEqualTo("curl/8");
    assertThat(quarantine.find(id)).isEmpty();
  }

  @Test
  void letsGoOfAReportThatWasStoredBefore() {
    var first = (Outcome.Stored) intake.accept(Deliveries.of(report("one")));
    var id = keep(report("one"), 0);

    assertThat(replay.replay(id)).isEqualTo(new ReplayOutcome.Duplicate(first.id()));
    assertThat(quarantine.find(id)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "{not json, unreadable",
    "{\"no\":\"report\"}, not-a-report",
    "<xml/>, unknown-format",
  })
  void keepsWhatIsStillRefusedWithTheReasonOfToday(String body, String reason) {
    var id =
        id(quarantine.keep(Deliveries.of(body), Reason.REPORT_TOO_LARGE, "Yesterday's reason."));

    var outcome = replay.replay(id);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReplayOutcome.StillRefused.class,
            refused -> assertThat(refused.reason()).isEqualTo(reason));
    var entry = quarantine.find(id).orElseThrow();
    assertThat(entry.reason()).isEqualTo(reason);
    assertThat(entry.detail()).isNotEqualTo("Yesterday's reason.");
    assertThat(entry.timesReceived()).as("a replay is no arrival").isEqualTo(1);
    assertThat(entry.receivedAt()).isEqualTo(NOON);
  }

  @Test
  void keepsWhatCanBeReadAndCannotBeStored() {
    var id = keep(report("one"), 0);
    jdbc.execute("alter table report add constraint defect check (domain <> 'example.com')");
    try {
      assertThat(replay.replay(id))
          .isInstanceOfSatisfying(
              ReplayOutcome.StillRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo("refused-by-database"));
    } finally {
      jdbc.execute("alter table report drop constraint defect");
    }

    assertThat(quarantine.find(id)).isPresent();
    assertThat(replay.replay(id)).isInstanceOf(ReplayOutcome.Stored.class);
  }

  @Test
  void knowsNothingOfAnEntryThatIsGone() {
    assertThat(replay.replay(new UUID(0, 0))).isEqualTo(new ReplayOutcome.Gone());
  }

  @Test
  void replaysAllOldestFirstAndSaysHowFarItIs() throws SQLException {
    for (var i = 0; i < 250; i++) {
      keep(i % 5 == 0 ? "{broken " + i : report("report " + i), i);
    }
    intake.accept(Deliveries.of(report("report 1")));
    var hundredAndFirst = ContentId.of("{broken 100".getBytes(StandardCharsets.UTF_8));

    try (var connection = reads.getConnection()) {
      connection.setAutoCommit(false);
      try (var lock = connection.createStatement()) {
        lock.executeQuery(
            "select from quarantine where id = '%s' for update".formatted(hundredAndFirst));
      }
      assertThat(replay.replayAll().total()).isEqualTo(250);
      await().atMost(PATIENCE).until(() -> replay.progress().done() == 100);

      assertThat(replay.progress())
          .isEqualTo(new ReplayProgress(State.RUNNING, 250, 100, 79, 1, 20, 0, 0));
      assertThat(replay.replayAll()).as("there is one at work").isEqualTo(replay.progress());
      connection.rollback();
    }
    await().atMost(PATIENCE).until(() -> replay.progress().state() != State.RUNNING);

    assertThat(replay.progress())
        .isEqualTo(new ReplayProgress(State.DONE, 250, 250, 199, 1, 50, 0, 0));
    assertThat(quarantine.list(null, 1_000).items())
        .hasSize(50)
        .allMatch(entry -> entry.reason().equals("unreadable"));
    assertThat(jdbc.queryForObject("select count(*) from report", Integer.class)).isEqualTo(200);
  }

  @Test
  void leavesAloneWhatComesAfterTheStartSoThatItEnds() throws SQLException {
    var id = keep("{broken", 0);
    try (var connection = reads.getConnection()) {
      connection.setAutoCommit(false);
      try (var lock = connection.createStatement()) {
        lock.executeQuery("select from quarantine where id = '%s' for update".formatted(id));
      }
      replay.replayAll();
      keep(report("late"), 1);
      connection.rollback();
    }
    await().atMost(PATIENCE).until(() -> replay.progress().state() != State.RUNNING);

    assertThat(replay.progress()).isEqualTo(new ReplayProgress(State.DONE, 1, 1, 0, 0, 1, 0, 0));
    assertThat(quarantine.list(null, 10).items()).hasSize(2);
  }

  @Test
  void isDoneAtOnceWithAnEmptyQuarantine() {
    replay.replayAll();
    await().atMost(PATIENCE).until(() -> replay.progress().state() != State.RUNNING);

    assertThat(replay.progress()).isEqualTo(new ReplayProgress(State.DONE, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void stopsWhenTheDatabaseGoesAwayAndKeepsWhatIsLeft() {
    keep("{1", 1);
    keep("{2", 2);
    var run =
        new ReplayRun(
            quarantine,
            id -> {
              throw new DataAccessResourceFailureException("away");
            });

    run.run();

    assertThat(run.progress().state()).isEqualTo(State.STOPPED);
    assertThat(run.progress().done()).isZero();
    assertThat(quarantine.list(null, 10).items()).hasSize(2);
  }

  @Test
  void finishesTheEntryAtHandWhenTheInstanceEnds() {
    keep("{1", 1);
    keep("{2", 2);
    var seen = new ArrayList<ReplayRun>();
    var run = new ReplayRun(quarantine, id -> stopAtFirst(seen.getFirst()));
    seen.add(run);

    run.run();

    assertThat(run.progress()).isEqualTo(new ReplayProgress(State.STOPPED, 2, 1, 0, 0, 0, 0, 1));
  }

  private static ReplayOutcome stopAtFirst(ReplayRun run) {
    run.stop();
    return new ReplayOutcome.Gone();
  }

  private UUID keep(String body, int second) {
    var delivery = Deliveries.of(body.getBytes(StandardCharsets.UTF_8), NOON.plusSeconds(second));
    return id(quarantine.keep(delivery, Reason.UNREADABLE, "The reader of yesterday."));
  }

  private static UUID id(KeepOutcome outcome) {
    assertThat(outcome).isInstanceOf(KeepOutcome.Kept.class);
    return ((KeepOutcome.Kept) outcome).id();
  }

  private static String report(String reportId) {
    return """
    {"organization-name":"Sender","report-id":"%s","date-range":{
     "start-datetime":"2026-02-28T00:00:00Z","end-datetime":"2026-02-28T23:59:59Z"},
     "policies":[{"policy":{"policy-type":"sts","policy-domain":"example.com"},
      "summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}"""
        .formatted(reportId);
  }
}
