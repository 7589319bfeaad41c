package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsrpt.collector.store.OwnTables.NO_PAUSES;
import static org.tlsrpt.collector.store.Reports.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.tlsrpt.collector.report.TlsReport.DateRange;
import org.tlsrpt.collector.testing.HandClock;

class RetentionTest {

  @RegisterExtension static final OwnTables tables = new OwnTables();

  private final HandClock clock = new HandClock("2026-06-20T03:00:00Z");
  private final MeterRegistry meters = new SimpleMeterRegistry();

  /** Today is 2026-06-20, so of ten days the first is 2026-06-10. */
  @ParameterizedTest
  @CsvSource({
    "2026-06-10, 2026-06-11T01:00:00Z, kept, the last day that is",
    "2026-06-09, 2026-06-10T01:00:00Z, gone, the first day that is not",
    "2026-06-09, 2026-06-20T02:59:00Z, gone, however lately it arrived",
    "2024-01-01, 2026-06-20T02:59:00Z, gone, also from an import",
    "1970-01-02, 2026-06-20T02:59:00Z, gone, the first day there is",
    "2026-06-20, 2026-06-01T00:00:00Z, kept, a day that has come meanwhile",
    "none,       2026-06-10T00:00:00Z, kept, without a day the arrival counts",
    "none,       2026-06-09T23:59:59.999Z, gone, without a day the arrival counts",
    "1815-12-10, 2026-06-10T00:00:00Z, kept, no day either",
    "1815-12-10, 2026-06-09T23:59:59Z, gone, no day either",
    "2026-06-21, 2026-06-10T00:00:00Z, kept, a day to come counts by its arrival",
    "2026-06-21, 2026-06-09T23:59:59Z, gone, a day to come counts by its arrival",
    "2031-01-01, 2026-06-09T23:59:59Z, gone, no clock of a sender makes immortal",
    "9999-12-31, 2026-06-09T23:59:59Z, gone, not even at the end of time",
    "9999-12-31, 2026-06-10T00:00:00Z, kept, not before its time",
  })
  void countsDaysFromTheWindowOrElseFromTheArrival(
      String day, String arrived, String fate, String why) {
    tables.save(
        report().window(window(day)).arrived(arrived).policy("sts", "a.example", 1, 1, 1).build());

    purge("P10D", null);

    assertThat(tables.count("report")).as(why).isEqualTo(fate.equals("kept") ? 1 : 0);

    tables.empty();
    tables.save(
        report().window(window(day)).arrived(arrived).policy("sts", "a.example", 1, 1, 1).build());

    purge(null, "P10D");

    assertThat(tables.counts())
        .as("the same for documents: " + why)
        .isEqualTo(new Removed(1, 1, 1, fate.equals("kept") ? 1 : 0));
  }

  @ParameterizedTest
  @CsvSource({"P1M, 2026-05-20", "P2W, 2026-06-06", "P1Y, 2025-06-20", "P1D, 2026-06-19"})
  void takesPeriodsOfTheCalendar(String period, String first) {
    var day = LocalDate.parse(first);
    tables.save(on(day), on(day.minusDays(1)));

    purge(period, null);

    assertThat(days()).containsExactly(first);
  }

  @Test
  void keepsEverythingUnlessToldOtherwise() {
    tables.save(on(LocalDate.of(1999, 1, 1)));

    purge(null, null);

    assertThat(tables.counts()).isEqualTo(new Removed(1, 1, 2, 1));
    assertThat(tables.count("lease")).isZero();
  }

  /** Reports of several domains, large ones, odd days; what must stay is worked out here. */
  @Test
  void deletesOfSixHundredMixedReportsExactlyThoseThatAreDue() {
    var kept = new TreeSet<String>();
    var left = Removed.NOTHING;
    var all = Removed.NOTHING;
    var reports = new ArrayList<NewReport>();
    for (var i = 0; i < 600; i++) {
      var day = LocalDate.of(2026, 4, 1).plusDays(i * 7 % 90);
      var window = i % 20 == 0 ? "none" : i % 20 == 1 ? "2040-01-01" : day.toString();
      var mixed =
          report()
              .reportId("mixed " + i)
              .window(window(window))
              .arrived(day.plusDays(1) + "T02:00:00Z")
              .policy("sts", "d" + i % 9 + ".example", 3, 1, i % 50 == 3 ? 300 : i % 3)
              .policy("tlsa", "d" + i % 9 + ".example", 3, 0);
      if (i % 4 == 0) {
        mixed.policy("sts", "e.example", 1, 1, 1);
      }
      reports.add(mixed.build());
      var counts = counts(reports.getLast());
      all = all.plus(counts);
      var counted = window.equals(day.toString()) ? day : day.plusDays(1);
      if (!counted.isBefore(LocalDate.of(2026, 5, 21))) {
        kept.add("mixed " + i);
        // A document is kept for ten days of these thirty.
        var document = !counted.isBefore(LocalDate.of(2026, 6, 10)) ? 1 : 0;
        left =
            left.plus(
                new Removed(counts.reports(), counts.policies(), counts.failures(), document));
      }
    }
    tables.save(reports.toArray(NewReport[]::new));
    assertThat(tables.counts()).isEqualTo(all);

    purge("P30D", "P10D");

    assertThat(
            new TreeSet<>(tables.jdbc.queryForList("select report_id from report", String.class)))
        .hasSizeBetween(200, 400)
        .isEqualTo(kept);
    assertThat(tables.counts()).isEqualTo(left);
    assertThat(purged()).isEqualTo(difference(all, left));
  }

  private static Removed counts(NewReport report) {
    var parts = DomainPart.of(report);
    return new Removed(
        parts.size(),
        report.report().policies().size(),
        parts.stream().mapToInt(DomainPart::failureDetails).sum(),
        1);
  }

  private static Removed difference(Removed a, Removed b) {
    return new Removed(
        a.reports() - b.reports(),
        a.policies() - b.policies(),
        a.failures() - b.failures(),
        a.documents() - b.documents());
  }

  @Test
  void touchesFewRowsInEachTransactionHoweverLargeAReport() {
    tables.save(
        report().on("2026-01-01").policy("sts", "large.example", 0, 9, 9_000).build(),
        manyPolicies("wide.example", 3_000),
        on(LocalDate.of(2026, 1, 3)));
    var rows = new ArrayList<Long>();
    rows.add(rows());

    purge("P10D", null, pause -> rows.add(rows()));
    rows.add(rows());

    assertThat(rows).as("pauses between steps").hasSizeGreaterThan(6);
    assertThat(rows.getLast()).isZero();
    for (var i = 1; i < rows.size(); i++) {
      assertThat(rows.get(i - 1) - rows.get(i)).isBetween(0L, (long) Sweep.MOST);
    }
    assertThat(purged()).isEqualTo(new Removed(3, 3_002, 9_002, 3));
  }

  private static NewReport manyPolicies(String domain, int policies) {
    var report = report().on("2026-01-02");
    for (var i = 0; i < policies; i++) {
      report.policy("sts", domain, 1, 0);
    }
    return report.build();
  }

  private static long rows() {
    var counts = tables.counts();
    return counts.reports() + counts.policies() + counts.failures();
  }

  @Test
  void walksThroughMoreRowsThanOneLook() {
    var reports = new ArrayList<NewReport>();
    for (var i = 0; i < 2 * Walk.WINDOW + 10; i++) {
      // Due are few among many without a day, also behind the first look.
      var arrived = i % 500 == 499 ? "2026-01-01T00:00:00Z" : "2026-06-19T00:00:00Z";
      reports.add(
          report().window(window("none")).arrived(arrived).policy("sts", "a", 1, 0).build());
    }
    tables.save(reports.toArray(NewReport[]::new));

    purge("P10D", null);

    assertThat(purged().reports()).isEqualTo(4);
    assertThat(tables.count("report")).isEqualTo(2 * Walk.WINDOW + 6);
  }

  @Test
  void takesADocumentFromTheOneRowThatHasItAndLeavesTheRest() {
    var old =
        report()
            .on("2026-06-01")
            .policy("sts", "b.example", 1, 1, 1)
            .policy("sts", "a.example", 1, 1, 1)
            .build();
    tables.save(old, on(LocalDate.of(2026, 6, 19)));

    purge("P30D", "P10D");

    assertThat(tables.counts()).isEqualTo(new Removed(3, 3, 4, 1));
    assertThat(purged()).isEqualTo(new Removed(0, 0, 0, 1));
  }

  @Test
  void doesADaysWorkOnce() {
    tables.save(on(LocalDate.of(2026, 6, 1)));
    purge("P10D", null);
    tables.save(on(LocalDate.of(2026, 6, 2)));

    purge("P10D", null);
    assertThat(days()).as("arrived after today's work").containsExactly("2026-06-02");

    clock.set("2026-06-21T00:00:00Z");
    purge("P10D", null);
    assertThat(days()).isEmpty();
  }

  @Test
  void doesItAgainWhenAnotherPeriodIsSet() {
    tables.save(on(LocalDate.of(2026, 6, 15)));
    purge("P10D", null);

    purge("P2D", null);

    assertThat(days()).isEmpty();
  }

  /** 2026-06-21 is a Sunday. */
  @Test
  void looksForDocumentsThatCameLateOnceAWeek() {
    purge(null, "P10D");
    tables.save(on(LocalDate.of(2026, 6, 1)));

    clock.set("2026-06-22T03:00:00Z");
    purge(null, "P10D");
    assertThat(tables.counts().documents()).as("on Monday").isEqualTo(1);

    clock.set("2026-06-28T03:00:00Z");
    purge(null, "P10D");
    assertThat(tables.counts().documents()).as("on Sunday").isZero();
  }

  @Test
  void takesTheDocumentsOfEachDayThatPasses() {
    tables.save(on(LocalDate.of(2026, 6, 9)), on(LocalDate.of(2026, 6, 12)));
    purge(null, "P10D");
    assertThat(tables.counts().documents()).isEqualTo(1);

    clock.set("2026-06-25T03:00:00Z");
    purge(null, "P10D");
    assertThat(tables.counts().documents()).isZero();
  }

  @Test
  void letsAReportThatComesAgainBeStoredAgain() {
    var report = on(LocalDate.of(2026, 6, 1));
    tables.save(report);
    purge("P10D", null);

    tables.save(report);

    assertThat(tables.counts()).isEqualTo(new Removed(1, 1, 2, 1));
  }

  @Test
  void leavesTheWorkToTheInstanceThatIsAtIt() {
    tables.save(oldReports(3));
    var others = new SimpleMeterRegistry();
    var pauses = new AtomicInteger();

    purge(
        "P10D",
        null,
        pause -> {
          pauses.incrementAndGet();
          instance("P10D", null, others, NO_PAUSES).run();
          return true;
        });

    assertThat(pauses.get()).isPositive();
    assertThat(purged(others)).isEqualTo(Removed.NOTHING);
    assertThat(purged()).isEqualTo(new Removed(3, 3, 4_500, 3));
  }

  @Test
  void isDoneOnceHoweverManyInstancesBeginAtTheSameTime() throws Exception {
    tables.save(oldReports(4));
    var instances = 4;
    var start = new CountDownLatch(instances);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < instances; i++) {
        var instance = instance("P10D", null, meters, NO_PAUSES);
        threads.execute(
            () -> {
              start.countDown();
              awaitQuietly(start);
              instance.run();
            });
      }
    }

    assertThat(tables.counts()).isEqualTo(Removed.NOTHING);
    assertThat(purged()).isEqualTo(new Removed(4, 4, 6_000, 4));
  }

  /** One that hangs is like one that was killed, until it wakes. */
  @Test
  void goesOnInAnotherInstanceOnceTheLeaseOfADeadOneIsOver() {
    tables.save(oldReports(4));
    var heir = new SimpleMeterRegistry();
    var hung = new AtomicInteger();

    purge(
        "P10D",
        null,
        pause -> {
          if (hung.getAndIncrement() == 0) {
            clock.advance(Leases.LENGTH.minusMillis(1));
            instance("P10D", null, heir, NO_PAUSES).run();
            assertThat(purged(heir)).as("before its time").isEqualTo(Removed.NOTHING);
            clock.advance(Duration.ofMillis(1));
            instance("P10D", null, heir, NO_PAUSES).run();
            assertThat(tables.counts()).isEqualTo(Removed.NOTHING);
          }
          return true;
        });

    assertThat(hung.get()).as("the one that woke stopped").isEqualTo(1);
    assertThat(purged().reports()).isBetween(1L, 3L);
    assertThat(purged().plus(purged(heir))).isEqualTo(new Removed(4, 4, 6_000, 4));
  }

  @Test
  void goesOnAfterAStopWhereItWas() {
    tables.save(oldReports(4));
    purge("P10D", null, pause -> false);
    assertThat(tables.count("report")).isBetween(1L, 3L);

    purge("P10D", null);

    assertThat(tables.counts()).isEqualTo(Removed.NOTHING);
    assertThat(purged()).isEqualTo(new Removed(4, 4, 6_000, 4));
  }

  @Test
  void leavesNothingHalfDeletedWhenTheDatabaseGoesAwayInTheMiddle() {
    tables.save(oldReports(4));
    tables.failOnDelete("report", "old.day = '2026-01-03'", "57P01");

    purge("P10D", null);

    assertThat(days()).containsExactly("2026-01-03", "2026-01-04");
    assertThat(tables.counts()).isEqualTo(new Removed(2, 2, 3_000, 2));
    assertThat(purged()).as("what is counted is gone").isEqualTo(new Removed(2, 2, 3_000, 2));

    tables.failNoMore("report");
    purge("P10D", null);

    assertThat(tables.counts()).isEqualTo(Removed.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001", "55P03"})
  void triesAgainWhenTheDatabaseSacrificedAStepForOthers(String state) {
    tables.save(oldReports(2));
    tables.failOnDelete("report", "nextval('tries') < 3", state);

    purge("P10D", null);
    tables.failNoMore("report");

    assertThat(tables.counts()).isEqualTo(Removed.NOTHING);
    assertThat(purged()).isEqualTo(new Removed(2, 2, 3_000, 2));
  }

  @Test
  void doesNotWaitLongForARowThatSomebodyHolds() throws Exception {
    tables.save(on(LocalDate.of(2026, 1, 1)));
    try (var other = tables.jdbc.getDataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("select from report for update");

      purge("P10D", null);
      other.rollback();
    }
    assertThat(tables.count("report")).isEqualTo(1);

    purge("P10D", null);
    assertThat(tables.count("report")).isZero();
  }

  @Test
  void endsWhenTheCollectorStops() throws Exception {
    tables.save(oldReports(2));
    var steps = tables.steps(clock, NO_PAUSES);
    steps.destroy();

    new Retention(settings("P10D", null), tables.leases(clock), steps, clock, meters).run();

    assertThat(tables.count("report")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400d, P400D",
    "400, P400D",
    "13m, P13M",
    "P2Y, P2Y",
    "1y6m, P1Y6M",
    "'', ",
  })
  void readsPeriodsAsPeopleWriteThem(String text, Period period) {
    var source = new MapConfigurationPropertySource(Map.of("tlsrpt.retention.reports", text));

    var settings = new Binder(source).bindOrCreate("tlsrpt.retention", Retention.Settings.class);

    assertThat(settings).isEqualTo(new Retention.Settings(period, null));
  }

  @ParameterizedTest
  @CsvSource({
    "P0D, , tlsrpt.retention.reports must be between",
    "P-1D, , tlsrpt.retention.reports must be between",
    "P1M-40D, , tlsrpt.retention.reports must be between",
    "P1001Y, , tlsrpt.retention.reports must be between",
    "P2147483647Y, , tlsrpt.retention.reports must be between",
    ", P0D, tlsrpt.retention.raw must be between",
    "P10D, P11D, tlsrpt.retention.raw must not be longer",
    "P1Y, P13M, tlsrpt.retention.raw must not be longer",
  })
  void refusesPeriodsThatCannotBeMeant(String reports, String raw, String message) {
    assertThatThrownBy(() -> settings(reports, raw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void takesTheSamePeriodForBoth() {
    assertThat(settings("P12M", "P1Y").raw()).isEqualTo(Period.ofYears(1));
  }

  private void purge(String reports, String raw) {
    purge(reports, raw, NO_PAUSES);
  }

  private void purge(String reports, String raw, Predicate<Duration> pauses) {
    instance(reports, raw, meters, pauses).run();
  }

  private Retention instance(
      String reports, String raw, MeterRegistry counters, Predicate<Duration> pauses) {
    return tables.retention(settings(reports, raw), clock, counters, pauses);
  }

  private static Retention.Settings settings(String reports, String raw) {
    return new Retention.Settings(
        reports == null ? null : Period.parse(reports), raw == null ? null : Period.parse(raw));
  }

  private Removed purged() {
    return purged(meters);
  }

  private static Removed purged(MeterRegistry registry) {
    return new Removed(
        counted(registry, "reports"),
        counted(registry, "policies"),
        counted(registry, "failures"),
        counted(registry, "documents"));
  }

  private static long counted(MeterRegistry registry, String what) {
    return (long) registry.get("tlsrpt.retention.purged").tag("what", what).counter().count();
  }

  private static List<String> days() {
    return tables.jdbc.queryForList("select day::text from report order by day", String.class);
  }

  private static NewReport on(LocalDate day) {
    return report().on(day.toString()).policy("sts", "a.example", 1, 1, 2).build();
  }

  /** On days in a row, each too large to share a step with another. */
  private static NewReport[] oldReports(int count) {
    var reports = new NewReport[count];
    for (var i = 0; i < count; i++) {
      reports[i] =
          report().on("2026-01-0" + (i + 1)).policy("sts", "a.example", 0, 9, 1_500).build();
    }
    return reports;
  }

  private static DateRange window(String day) {
    return day.equals("none") ? new DateRange(null, null) : Reports.window(day);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
