package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.store.OwnTables.NO_PAUSES;
import static org.tlsrpt.collector.store.Reports.report;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tlsrpt.collector.testing.HandClock;

/** That every sum is right whatever is kept is QueriesTest's; here is when it is kept. */
class DaySumsTest {

  private static final Clock CLOCK = new HandClock("2026-06-20T03:00:00Z");

  @RegisterExtension static final OwnTables tables = new OwnTables();

  private final DaySums sums = instance();

  @Test
  void keepsADayOnceNothingHasComeFromOneLookToTheNext() {
    tables.save(report().on("2026-03-01").policy("sts", "a.example", 5, 1).build());
    tables.save(report().on("2026-03-01").policy("sts", "b.example", 7, 0).build());

    sums.run();
    assertThat(kept()).isEmpty();

    tables.save(report().on("2026-03-01").policy("sts", "a.example", 1, 0).build());
    sums.run();
    assertThat(kept()).as("something came").isEmpty();

    sums.run();
    assertThat(kept()).containsExactly("2026-03-01 a.example 6 1 2", "2026-03-01 b.example 7 0 1");
    assertThat(changed()).isEmpty();
    assertThat(domains()).containsExactly("a.example 6 1 2", "b.example 7 0 1");
  }

  @Test
  void addsUpTheRowsOfADayThatHasChangedSince() {
    tables.save(report().on("2026-03-01").policy("sts", "a.example", 5, 1).build());
    tables.save(report().on("2026-03-02").policy("sts", "a.example", 10, 0).build());
    keepAll();

    tables.save(report().on("2026-03-02").policy("sts", "a.example", 100, 0).build());

    assertThat(changed()).containsExactly("2026-03-02");
    assertThat(domains()).containsExactly("a.example 115 1 3");
  }

  @Test
  void leavesADuplicateAlone() {
    var report = report().on("2026-03-01").policy("sts", "a.example", 5, 1).build();
    tables.save(report);
    keepAll();

    assertThat(tables.archive.saveAll(List.of(report)))
        .hasOnlyElementsOfType(SaveOutcome.Duplicate.class);

    assertThat(changed()).isEmpty();
  }

  @Test
  void forgetsWhatRetentionDeletes() {
    tables.save(report().on("2026-03-01").policy("sts", "old.example", 5, 1).build());
    tables.save(report().on("2026-06-19").policy("sts", "new.example", 7, 0).build());
    keepAll();

    tables
        .retention(
            new Retention.Settings(Period.ofDays(30), null),
            CLOCK,
            new SimpleMeterRegistry(),
            NO_PAUSES)
        .run();
    assertThat(domains()).as("at once").containsExactly("new.example 7 0 1");

    keepAll();
    assertThat(kept()).containsExactly("2026-06-19 new.example 7 0 1");
  }

  @Test
  void namesNoDomainThatIsErased() {
    tables.save(report().on("2026-03-01").policy("sts", "erased.example", 5, 1).build());
    tables.save(report().on("2026-03-01").policy("sts", "a.example", 7, 0).build());
    tables.save(report().on("2026-03-02").policy("sts", "a.example", 1, 0).build());
    keepAll();

    new Sweep(Walk.ofDomain("erased.example"), Sweep.Means.ERASE).step(tables.jdbc, Walk.BEGINNING);

    assertThat(kept()).as("at once").containsExactly("2026-03-02 a.example 1 0 1");
    assertThat(domains()).containsExactly("a.example 8 0 2");
  }

  @Test
  void countsOnceWhatTwoInstancesLookAt() throws Exception {
    for (var day = 1; day <= 9; day++) {
      tables.save(report().on("2026-03-0" + day).policy("sts", "a.example", day, 0).build());
    }
    var leaseless = Stream.generate(DaySumsTest::instance).limit(3).toList();
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (var round = 0; round < 2; round++) {
        var looks =
            leaseless.stream()
                .<Callable<Void>>map(
                    each ->
                        () -> {
                          tables.jdbc.update("truncate lease");
                          each.run();
                          return null;
                        })
                .toList();
        for (var look : threads.invokeAll(looks)) {
          look.get();
        }
      }
    }
    keepAll();

    assertThat(kept()).hasSize(9);
    assertThat(domains()).containsExactly("a.example 45 0 9");
  }

  @Test
  void doesNotLetOneDayThatCannotBeAddedUpKeepTheOthersWaiting() {
    tables.save(report().on("2026-03-01").policy("sts", "a.example", 5, 1).build());
    tables.save(report().on("2026-03-02").policy("sts", "a.example", 7, 0).build());
    tables.jdbc.execute(
        "alter table day_sum add constraint refuses check (day <> date '2026-03-02')");
    try {
      sums.run();
      sums.run();
    } finally {
      tables.jdbc.execute("alter table day_sum drop constraint refuses");
    }

    assertThat(kept()).containsExactly("2026-03-01 a.example 5 1 1");
    assertThat(domains()).containsExactly("a.example 12 1 2");
  }

  private static DaySums instance() {
    return new DaySums(
        tables.steps(CLOCK, NO_PAUSES),
        new TransactionTemplate(new JdbcTransactionManager(tables.jdbc.getDataSource())),
        JdbcClient.create(tables.jdbc));
  }

  private void keepAll() {
    sums.run();
    sums.run();
  }

  private static List<String> changed() {
    return tables.jdbc.queryForList("select distinct day::text from day_change", String.class);
  }

  private static List<String> kept() {
    return tables.jdbc.queryForList(
        """
        select concat_ws(' ', day, keys[1], successful, failed, reports) from day_sum
        where dimensions = 'DOMAIN' order by 1
        """,
        String.class);
  }

  private static List<String> domains() {
    var reads =
        new Reads(JdbcClient.create(tables.jdbc), new Reads.Settings(Duration.ofSeconds(5)));
    return new SummaryQueries(reads)
            .sum(ReportFilter.all(new Reach.Everything()), List.of(Dimension.DOMAIN), 100)
            .items()
            .stream()
            .map(
                item ->
                    item.keys().getFirst()
                        + " "
                        + item.successful()
                        + " "
                        + item.failed()
                        + " "
                        + item.reports())
            .sorted()
            .toList();
  }
}
