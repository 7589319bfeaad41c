package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.store.OwnTables.NO_PAUSES;
import static org.tlsrpt.collector.store.Reports.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tlsrpt.collector.store.Erasure.Kind;
import org.tlsrpt.collector.testing.HandClock;

class ErasuresTest {

  @RegisterExtension static final OwnTables tables = new OwnTables();

  private final HandClock clock = new HandClock("2026-06-20T03:00:00Z");
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final List<Object> published = new ArrayList<>();
  private final ErasureRows rows = new ErasureRows(JdbcClient.create(tables.jdbc), clock);

  @Test
  void deletesTheRowsOfAPolicyDomainAndNoOthers() {
    tables.save(
        report().policy("sts", "a.example", 1, 1, 2).policy("tlsa", "a.example", 1, 0).build(),
        report().on("2024-01-01").policy("sts", "a.example", 1, 0).build(),
        report().policy("sts", "sub.a.example", 1, 1, 1).build(),
        report().policy("sts", "b.example", 1, 1, 1).build());

    var erased = erase(Kind.DOMAIN, "a.example");

    assertThat(domains()).containsExactly("b.example", "sub.a.example");
    assertThat(tables.counts()).isEqualTo(new Removed(2, 2, 2, 2));
    assertThat(erased.removed()).isEqualTo(new Removed(2, 3, 2, 2));
    assertThat(erased.doneAt()).isEqualTo(clock.instant());
  }

  /** The document is on the row of a.example, the other rows quote nothing of the erased domain. */
  @ParameterizedTest
  @CsvSource({"a.example, b.example", "b.example, a.example"})
  void deletesTheDocumentOfAReportThatIsAboutOthersAsWell(String erased, String stays) {
    tables.save(
        report()
            .policy("sts", erased, 1, 0)
            .policy("sts", stays, 1, 1, 1)
            .note("of-all", "report-id")
            .note("of-erased", "policies[0].policy.policy-domain")
            .note("of-staying", "policies[1].policy.mx-host")
            .build());

    var counts = erase(Kind.DOMAIN, erased).removed();

    assertThat(domains()).containsExactly(stays);
    assertThat(tables.counts()).isEqualTo(new Removed(1, 1, 1, 0));
    assertThat(counts).isEqualTo(new Removed(1, 1, 0, 1));
    assertThat(
            tables.jdbc.queryForList(
                "select jsonb_array_elements(notes) ->> 'code' from report", String.class))
        .containsExactly("of-all", "of-staying");
  }

  /** Sums count a report once by how many rows it has; notes and a document or not. */
  @Test
  void takesTheErasedDomainOffTheCountOfTheOthers() {
    tables.save(
        report()
            .policy("sts", "a.example", 1, 0)
            .policy("sts", "b.example", 1, 0)
            .policy("sts", "c.example", 1, 0)
            .build(),
        report().policy("sts", "b.example", 1, 0).build());
    assertThat(countsOfDomains()).containsExactly("a 3", "b 1", "b 3", "c 3");

    erase(Kind.DOMAIN, "a.example");
    assertThat(countsOfDomains()).containsExactly("b 1", "b 2", "c 2");

    erase(Kind.DOMAIN, "c.example");
    assertThat(countsOfDomains()).containsExactly("b 1", "b 1");
  }

  private static List<String> countsOfDomains() {
    return tables.jdbc.queryForList(
        "select left(domain, 1) || ' ' || domains from report order by domain, domains",
        String.class);
  }

  @Test
  void keepsNotesApartWhosePlacesBeginAlike() {
    var report = report().note("first", "policies[1]").note("eleventh", "policies[11].policy");
    for (var i = 0; i < 12; i++) {
      report.policy("sts", i == 11 ? "stays.example" : "a.example", 1, 0);
    }
    tables.save(report.build());

    erase(Kind.DOMAIN, "a.example");

    assertThat(tables.jdbc.queryForObject("select notes::text from report", String.class))
        .contains("eleventh")
        .doesNotContain("first");
  }

  /** Another domain's rows must not be lost with the one whose path the report came by. */
  @Test
  void leavesRowsOfOtherPolicyDomainsWithoutTheRecipient() {
    tables.save(
        report().policy("tlsa", "mx.example", 1, 1, 1).postedFor("a.example").build(),
        report().policy("tlsa", "mx.example", 1, 1, 1).postedFor("b.example").build(),
        report().policy("sts", "a.example", 1, 0).postedFor("b.example").build());

    var erased = erase(Kind.DOMAIN, "a.example");

    assertThat(domains()).containsExactly("mx.example", "mx.example");
    assertThat(
            tables.jdbc.queryForList(
                "select recipient_domain || (document is not null) from report", String.class))
        .containsExactlyInAnyOrder("b.exampletrue", null);
    assertThat(erased.removed()).isEqualTo(new Removed(1, 1, 0, 2));
  }

  @Test
  void deletesReportsWithoutPoliciesOfTheDomainTheyWerePostedFor() {
    tables.save(report().postedFor("a.example").build(), report().build());

    erase(Kind.DOMAIN, "a.example");

    assertThat(domains()).containsExactly("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "Sender Inc., gone",
    "sender inc., gone",
    "SENDER INC., gone",
    "Sender Inc, stays",
    "Sender_Inc., stays",
    "%, stays",
    "'', stays",
  })
  void findsAnOrganizationByItsNameInAnyCase(String name, String fate) {
    tables.save(
        report().policy("sts", "a.example", 1, 1, 1).policy("sts", "b.example", 1, 0).build(),
        report().organization("Other").policy("sts", "a.example", 1, 1, 1).build(),
        report().organization(null).policy("sts", "a.example", 1, 1, 1).build());

    erase(Kind.ORGANIZATION, name);

    assertThat(tables.counts())
        .isEqualTo(fate.equals("gone") ? new Removed(2, 2, 2, 2) : new Removed(4, 4, 3, 3));
  }

  @Test
  void findsFewReportsOfAnOrganizationAmongMany() {
    var reports = new ArrayList<NewReport>();
    for (var i = 0; i < Walk.WINDOW * 3; i++) {
      reports.add(
          report()
              .on(LocalDate.of(2026, 1, 1).plusDays(i % 100).toString())
              .organization(i % 700 == 699 ? "Rare" : "Other")
              .policy("sts", "d" + i % 7 + ".example", 1, 0)
              .build());
    }
    tables.save(reports.toArray(NewReport[]::new));

    assertThat(erase(Kind.ORGANIZATION, "Rare").removed()).isEqualTo(new Removed(4, 4, 0, 4));
    assertThat(tables.count("report")).isEqualTo(Walk.WINDOW * 3 - 4);
  }

  /** Each row of a report with many domains has to be told, in steps all the same. */
  @Test
  void erasesOneOfThousandsOfDomainsInAReport() {
    var report = report().on("2026-01-01").note("of-others", "policies[0]");
    for (var i = 0; i < 3_000; i++) {
      report.policy("sts", "d" + i + ".example", 1, 0);
    }
    tables.save(report.build(), report().policy("sts", "d5.example", 1, 0).build());

    erase(Kind.DOMAIN, "d5.example");

    assertThat(tables.counts()).isEqualTo(new Removed(2_999, 2_999, 0, 0));
    assertThat(tables.count("report where notes is not null")).isEqualTo(1);
  }

  @Test
  void isOneErasureHoweverOftenItIsAskedForUntilItIsDone() {
    var first = rows.ask(Kind.DOMAIN, "a.example");

    assertThat(rows.ask(Kind.DOMAIN, "a.example")).isEqualTo(first);
    assertThat(rows.ask(Kind.ORGANIZATION, "a.example").id()).isNotEqualTo(first.id());
    assertThat(rows.ask(Kind.DOMAIN, "b.example").id()).isNotEqualTo(first.id());

    clock.advance(Duration.ofSeconds(1));
    instance(NO_PAUSES).run();
    assertThat(rows.pending()).isEmpty();
    assertThat(rows.ask(Kind.DOMAIN, "a.example").id()).isNotEqualTo(first.id());
  }

  @Test
  void goesOnInAnotherInstanceAfterAStop() {
    tables.save(largeReports(4));
    var asked = rows.ask(Kind.DOMAIN, "a.example");
    instance(pause -> false).run();
    var half = rows.find(asked.id()).orElseThrow();
    assertThat(half.doneAt()).isNull();
    assertThat(half.removed().reports()).isBetween(1L, 3L);
    assertThat(half.removed().plus(tables.counts())).isEqualTo(new Removed(4, 4, 6_000, 4));

    instance(NO_PAUSES).run();

    var done = rows.find(asked.id()).orElseThrow();
    assertThat(done.doneAt()).isNotNull();
    assertThat(done.removed()).isEqualTo(new Removed(4, 4, 6_000, 4));
    assertThat(tables.counts()).isEqualTo(Removed.NOTHING);
  }

  @Test
  void isLeftToTheInstanceThatIsAtItAndTakenOverFromADeadOne() {
    tables.save(largeReports(4));
    var asked = rows.ask(Kind.DOMAIN, "a.example");
    var pauses = new AtomicInteger();

    instance(
            pause -> {
              if (pauses.getAndIncrement() == 0) {
                var before = tables.counts();
                instance(NO_PAUSES).run();
                assertThat(tables.counts()).as("while it holds the lease").isEqualTo(before);
                clock.advance(Leases.LENGTH);
                instance(NO_PAUSES).run();
              }
              return true;
            })
        .run();

    assertThat(pauses.get()).as("the one that woke stopped").isEqualTo(1);
    assertThat(rows.find(asked.id()).orElseThrow().removed())
        .as("each row counted once")
        .isEqualTo(new Removed(4, 4, 6_000, 4));
    assertThat(published).as("once").hasSize(1);
  }

  @Test
  void countsWhatIsGoneAndNothingElseWhenTheDatabaseGoesAwayInTheMiddle() {
    tables.save(largeReports(4));
    var asked = rows.ask(Kind.DOMAIN, "a.example");
    tables.failOnDelete("report", "old.day = '2026-01-03'", "57P01");

    instance(NO_PAUSES).run();

    assertThat(rows.find(asked.id()).orElseThrow().removed())
        .isEqualTo(new Removed(2, 2, 3_000, 2));
    assertThat(tables.counts()).isEqualTo(new Removed(2, 2, 3_000, 2));
    tables.failNoMore("report");

    instance(NO_PAUSES).run();

    assertThat(rows.find(asked.id()).orElseThrow().removed())
        .isEqualTo(new Removed(4, 4, 6_000, 4));
  }

  @Test
  void tellsWhoeverKeepsSomethingElseBeforeItIsDone() {
    var asked = rows.ask(Kind.DOMAIN, "a.example");
    rows.ask(Kind.ORGANIZATION, "Sender Inc.");

    instance(
            NO_PAUSES,
            event -> {
              assertThat(rows.find(asked.id()).orElseThrow().doneAt()).isNull();
              published.add(event);
            })
        .run();

    assertThat(published).containsExactly(new DomainErased("a.example"));
    assertThat(rows.pending()).isEmpty();
  }

  @Test
  void isNotDoneWhileSomebodyFailsAtItAndHoldsUpNoOther() {
    var asked = rows.ask(Kind.DOMAIN, "a.example");
    clock.advance(Duration.ofSeconds(1));
    var other = rows.ask(Kind.DOMAIN, "b.example");
    Consumer<Object> failing =
        event -> {
          if (event.equals(new DomainErased("a.example"))) {
            throw new IllegalStateException("not now");
          }
        };

    instance(NO_PAUSES, failing).run();
    assertThat(rows.pending()).extracting(Erasure::id).containsExactly(asked.id());
    assertThat(rows.find(other.id()).orElseThrow().doneAt()).isNotNull();

    instance(NO_PAUSES).run();
    assertThat(rows.pending()).isEmpty();
  }

  @Test
  void isForgottenAMonthAfterItIsDone() {
    var done = erase(Kind.DOMAIN, "a.example");
    clock.advance(Duration.ofDays(30));
    instance(NO_PAUSES).run();
    assertThat(rows.find(done.id())).isPresent();

    clock.advance(Duration.ofMillis(1));
    instance(NO_PAUSES).run();
    assertThat(rows.find(done.id())).isEmpty();
  }

  @Test
  void listsTheNewestFirst() {
    var first = rows.ask(Kind.DOMAIN, "a.example");
    clock.advance(Duration.ofSeconds(1));
    var second = rows.ask(Kind.DOMAIN, "b.example");

    assertThat(rows.newest(2)).containsExactly(second, first);
    assertThat(rows.newest(1)).containsExactly(second);
    assertThat(rows.find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void isCounted() {
    tables.save(report().policy("sts", "a.example", 1, 1, 2).build());

    erase(Kind.DOMAIN, "a.example");

    assertThat(meters.get("tlsrpt.erasure.erased").tag("what", "failures").counter().count())
        .isEqualTo(2);
  }

  private Erasure erase(Kind kind, String name) {
    var asked = rows.ask(kind, name);
    instance(NO_PAUSES).run();
    return rows.find(asked.id()).orElseThrow();
  }

  private Erasures instance(Predicate<Duration> pauses) {
    return instance(pauses, published::add);
  }

  private Erasures instance(Predicate<Duration> pauses, Consumer<Object> listener) {
    return new Erasures(rows, tables.steps(clock, pauses), listener::accept, meters);
  }

  private static List<String> domains() {
    return tables.jdbc.queryForList("select domain from report order by domain", String.class);
  }

  /** On days in a row, each too large to share a step with another. */
  private static NewReport[] largeReports(int count) {
    var reports = new NewReport[count];
    for (var i = 0; i < count; i++) {
      reports[i] =
          report().on("2026-01-0" + (i + 1)).policy("sts", "a.example", 0, 9, 1_500).build();
    }
    return reports;
  }
}
