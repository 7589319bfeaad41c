package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.store.Reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport.DateRange;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.Policy;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;
import org.tlsrpt.collector.report.TlsReport.Summary;
import org.tlsrpt.collector.testing.CollectorTest;

@CollectorTest
class ReportArchiveTest {

  @Autowired ReportArchive archive;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
  }

  @Test
  void storesAReportOnce() {
    var report = report().policy("sts", "example.com", 5, 2, 2).note("date-no-zone").build();

    assertThat(save(report)).isEqualTo(new SaveOutcome.Stored(report.id(), report.notes()));
    assertThat(save(report)).isEqualTo(new SaveOutcome.Duplicate(report.id()));
    assertThat(counts()).containsExactly(1L, 1L, 2L);
  }

  @Test
  void writesOneRowPerPolicyDomainAndTheDocumentOnce() {
    var report =
        report()
            .policy("sts", "b.example", 3, 0)
            .policy("tlsa", "b.example", 3, 0)
            .policy("sts", "a.example", 1, 4, 1)
            .build();

    save(report);

    assertThat(
            jdbc.queryForList(
                """
                select domain || ' ' || day || ' ' || successful || ' ' || failed || ' '
                    || failure_details || ' ' || (document is not null)
                from report order by domain
                """,
                String.class))
        .containsExactly("a.example 2026-03-01 1 4 1 true", "b.example 2026-03-01 3 0 0 false");
    assertThat(jdbc.queryForList("select domain || n from policy order by n", String.class))
        .containsExactly("b.example0", "b.example1", "a.example2");
  }

  @Test
  void doesNotRepeatNotesForEachOfThousandsOfDomains() {
    var report = report();
    for (var n = 0; n < 2_500; n++) {
      report.policy("sts", "d%d.example".formatted(n), 1, 0);
    }
    for (var n = 0; n < 200; n++) {
      report.note("date-no-zone");
    }

    save(report.note("count-negative", "policies[7].summary").build());

    assertThat(jdbc.queryForObject("select count(*) from report", Long.class)).isEqualTo(2_500);
    assertThat(jdbc.queryForObject("select sum(length(notes::text)) from report", Long.class))
        .isLessThan(30_000);
    assertThat(
            jdbc.queryForList(
                "select domain from report where notes::text like '%count-negative%'",
                String.class))
        .containsExactly("d7.example");
  }

  @Test
  void keepsAReportWithoutPolicies() {
    save(report().postedFor("example.com").build());
    save(report().build());

    assertThat(jdbc.queryForList("select domain from report order by domain", String.class))
        .containsExactly("example.com", "unknown");
  }

  @Test
  void recognisesAReportWhoseDomainCameFromThePathUnderAnotherPath() {
    var id = UUID.randomUUID();
    var first = report().id(id).policy("sts", "a.example", 1, 0).inferredFrom("a.example").build();
    var second = report().id(id).policy("sts", "b.example", 1, 0).inferredFrom("b.example").build();

    assertThat(save(first)).isInstanceOf(SaveOutcome.Stored.class);
    assertThat(save(second)).isEqualTo(new SaveOutcome.Duplicate(id));
    assertThat(counts()).containsExactly(1L, 1L, 0L);
  }

  @Test
  void notesAReportIdThatCameBeforeWithOtherContent() {
    save(report().policy("sts", "example.com", 1, 0).build());
    var outcome = save(report().policy("sts", "example.com", 2, 0).build());

    assertThat(((SaveOutcome.Stored) outcome).notes())
        .extracting(Note::code)
        .containsExactly("report-id-reused");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from report where notes @> '[{\"code\":\"report-id-reused\"}]'",
                Long.class))
        .isEqualTo(1);
  }

  /** Halon uses one report-id for all domains of a run. */
  @Test
  void takesOneReportIdForOtherDomainsAndDaysAsTheSendersHabit() {
    save(report().policy("sts", "example.com", 1, 0).build());

    assertThat(save(report().policy("sts", "example.net", 1, 0).build()))
        .satisfies(ReportArchiveTest::hasNoNotes);
    assertThat(save(report().on("2026-03-02").policy("sts", "example.com", 1, 0).build()))
        .satisfies(ReportArchiveTest::hasNoNotes);
    assertThat(save(report().organization("Other").policy("sts", "example.com", 1, 0).build()))
        .satisfies(ReportArchiveTest::hasNoNotes);
  }

  private static void hasNoNotes(SaveOutcome outcome) {
    assertThat(((SaveOutcome.Stored) outcome).notes()).isEmpty();
  }

  @Test
  void savesManyInOneTransactionAndTellsDuplicatesAmongThem() {
    var a = report().reportId("a").policy("sts", "example.com", 1, 0).build();
    var b = report().reportId("b").policy("sts", "example.com", 1, 0).build();
    save(b);

    assertThat(archive.saveAll(List.of(a, b, a)))
        .containsExactly(
            new SaveOutcome.Stored(a.id(), List.of()),
            new SaveOutcome.Duplicate(b.id()),
            new SaveOutcome.Duplicate(a.id()));
  }

  /** The reader never lets such an address through; this is what happens if it did. */
  @Test
  void doesNotLetAReportTheDatabaseRefusesFailItsNeighbours() {
    var good = report().policy("sts", "example.com", 1, 0).build();
    var bad = report().reportId("bad").add(withSendingIp("not an address")).build();

    var outcomes = archive.saveAll(List.of(good, bad));

    assertThat(outcomes.get(0)).isEqualTo(new SaveOutcome.Stored(good.id(), List.of()));
    assertThat(outcomes.get(1)).isInstanceOf(SaveOutcome.Rejected.class);
    assertThat(counts()).as("nothing half-written").containsExactly(1L, 1L, 0L);
  }

  @Test
  void storesTextsWithEveryCharacterThatMeansSomethingToPostgres() {
    var odd = "quote \" backslash \\ brace {} comma, NULL 'x'; \t İ 漢 😀";
    save(
        report()
            .organization(odd)
            .add(
                new PolicyResult(
                    new Policy("sts", List.of(odd, "", "NULL"), "example.com", List.of(odd), null),
                    new Summary(1, 0),
                    List.of()))
            .build());

    assertThat(jdbc.queryForObject("select organization_name from report", String.class))
        .isEqualTo(odd);
    assertThat(jdbc.queryForList("select unnest(strings) from policy", String.class))
        .containsExactly(odd, "", "NULL");
  }

  @Test
  void keepsDaysWithinWhatTheKeyTakes() {
    save(
        report()
            .policy("sts", "a.example", 1, 0)
            .window(new DateRange(null, Instant.parse("2026-03-01T00:00:00Z")))
            .build());
    save(
        report()
            .policy("sts", "b.example", 1, 0)
            .window(new DateRange(Instant.parse("1815-12-10T00:00:00Z"), null))
            .build());

    assertThat(jdbc.queryForList("select day::text from report", String.class))
        .containsOnly("1970-01-01");
  }

  @Test
  void storesTensOfThousandsOfDetails() {
    var report = report().policy("sts", "example.com", 0, 20_000, 20_000).build();

    assertThat(save(report)).isInstanceOf(SaveOutcome.Stored.class);
    assertThat(counts()).containsExactly(1L, 1L, 20_000L);
    assertThat(jdbc.queryForObject("select max(m) from failure_detail", Integer.class))
        .isEqualTo(19_999);
  }

  @Test
  void storesAReportOnceHoweverManyInstancesTakeItAtTheSameTime() throws Exception {
    var report =
        report().policy("sts", "a.example", 1, 1, 3).policy("sts", "b.example", 1, 0).build();
    var inferred = report().policy("sts", "c.example", 1, 0).inferredFrom("c.example").build();
    var calls = new ArrayList<Callable<SaveOutcome>>();
    for (var i = 0; i < 50; i++) {
      calls.add(() -> save(report));
      calls.add(() -> save(inferred));
    }

    var outcomes = new ArrayList<SaveOutcome>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(calls)) {
        outcomes.add(result.get());
      }
    }

    assertThat(outcomes).filteredOn(o -> o instanceof SaveOutcome.Stored).hasSize(2);
    assertThat(outcomes).filteredOn(o -> o instanceof SaveOutcome.Duplicate).hasSizeGreaterThan(0);
    assertThat(outcomes).noneMatch(o -> o instanceof SaveOutcome.Rejected);
    assertThat(counts()).containsExactly(3L, 3L, 3L);
  }

  private static PolicyResult withSendingIp(String ip) {
    return new PolicyResult(
        new Policy("sts", List.of(), "bad.example", List.of(), null),
        new Summary(0, 1),
        List.of(new FailureDetail("x", ip, null, null, null, 1, null, null)));
  }

  private List<Long> counts() {
    return List.of("report", "policy", "failure_detail").stream()
        .map(table -> jdbc.queryForObject("select count(*) from " + table, Long.class))
        .toList();
  }

  private SaveOutcome save(NewReport report) {
    return archive.save(report, Duration.ofSeconds(20));
  }
}
