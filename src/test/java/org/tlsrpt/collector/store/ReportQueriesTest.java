package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.store.Reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;

@CollectorTest
class ReportQueriesTest {

  private static final Reach EVERYTHING = new Reach.Everything();
  private static final ReportFilter ALL = ReportFilter.all(EVERYTHING);

  @Autowired ReportArchive archive;
  @Autowired ReportQueries queries;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
  }

  @Test
  void givesAReportBackAsItWasStored() {
    var stored =
        report()
            .policy("sts", "example.com", 5, 2, 2)
            .policy("tlsa", "mx.example.com", 5, 0)
            .postedFor("example.com")
            .note("date-no-zone")
            .build();
    save(stored);

    var report = queries.report(stored.id(), EVERYTHING).orElseThrow();

    assertThat(report.domains()).containsExactly("example.com", "mx.example.com");
    assertThat(report.organization()).isEqualTo("Sender Inc.");
    assertThat(report.contact()).isEqualTo("tls@sender.example");
    assertThat(report.start()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(report.end()).isEqualTo(Instant.parse("2026-03-01T23:59:59Z"));
    assertThat(report.receivedAt()).isEqualTo(Reports.ARRIVAL);
    assertThat(report.successful()).isEqualTo(10);
    assertThat(report.failed()).isEqualTo(2);
    assertThat(report.source())
        .isEqualTo(new ReportItem.Source("https", "198.51.100.7", "uploader/1.0"));
    assertThat(report.notes()).isEqualTo(stored.notes());
    assertThat(report.policies())
        .containsExactly(
            new WholeReport.Policy(
                0,
                "sts",
                "example.com",
                "enforce",
                List.of("version: STSv1", "mode: enforce"),
                List.of("*.example.com"),
                5,
                2),
            new WholeReport.Policy(
                1,
                "tlsa",
                "mx.example.com",
                "enforce",
                List.of("version: STSv1", "mode: enforce"),
                List.of("*.mx.example.com"),
                5,
                0));
    assertThat(failuresOf(stored.id()))
        .containsExactly(
            new WholeReport.Failure(
                0,
                "certificate-expired",
                0,
                "192.0.2.0",
                "mx0.example.com",
                null,
                "2001:db8::1",
                null,
                "reason 0"),
            new WholeReport.Failure(
                0,
                "certificate-expired",
                1,
                "192.0.2.1",
                "mx1.example.com",
                null,
                "2001:db8::2",
                null,
                "reason 1"));
    assertThat(queries.document(stored.id(), EVERYTHING)).contains(new byte[] {1, 2, 3});
  }

  @Test
  void knowsNothingOfAnIdThatWasNeverStored() {
    var id = UUID.randomUUID();

    assertThat(queries.report(id, EVERYTHING)).isEmpty();
    assertThat(queries.document(id, EVERYTHING)).isEmpty();
    assertThat(failuresOf(id)).isEmpty();
  }

  @Test
  void listsAFailureWithItsPolicyAndReport() {
    var stored = report().policy("sts", "example.com", 5, 2, 1).build();
    save(stored);

    var failure = queries.failures(ALL, null, 10).items().getFirst();

    assertThat(failure.reportId()).isEqualTo(stored.id());
    assertThat(failure.day()).isEqualTo("2026-03-01");
    assertThat(failure.domain()).isEqualTo("example.com");
    assertThat(failure.organization()).isEqualTo("Sender Inc.");
    assertThat(failure.policyType()).isEqualTo("sts");
    assertThat(failure.mode()).isEqualTo("enforce");
    assertThat(failure.sendingMtaIp()).isEqualTo("192.0.2.0");
    assertThat(failure.receivingIp()).isEqualTo("2001:db8::1");
  }

  @Test
  void findsADomainWhetherThePolicyOrTheRecipientNamesIt() {
    save(report().reportId("policy").policy("sts", "example.com", 1, 1, 1).build());
    save(
        report()
            .reportId("recipient")
            .policy("tlsa", "mx.example.net", 1, 1, 1)
            .postedFor("example.com")
            .build());
    save(
        report()
            .reportId("both")
            .policy("sts", "example.com", 1, 1, 1)
            .postedFor("example.com")
            .build());
    save(report().reportId("other").policy("sts", "example.org", 1, 1, 1).build());
    var filter = about(List.of("example.com"));

    assertThat(queries.reports(filter, null, 10).items())
        .extracting(ReportItem::reportId)
        .containsExactlyInAnyOrder("policy", "recipient", "both");
    assertThat(queries.failures(filter, null, 10).items()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void turnsPagesWithoutGapOrRepetition(int limit) {
    fill();
    for (var filter :
        List.of(
            ALL,
            about(List.of("b.example")),
            about(List.of("a.example", "b.example", "r.example")))) {
      var whole = queries.reports(filter, null, 1_000).items();
      assertThat(whole).hasSizeGreaterThan(5);
      assertThat(whole)
          .isSortedAccordingTo(
              (x, y) -> String.valueOf(y.start()).compareTo(String.valueOf(x.start())));

      var paged = new ArrayList<ReportItem>();
      Position.OfReport after = null;
      do {
        var page = queries.reports(filter, after, limit);
        assertThat(page.items()).hasSizeBetween(1, limit);
        paged.addAll(page.items());
        after = page.last();
      } while (after != null);

      assertThat(paged).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void turnsPagesOfFailuresWithoutGapOrRepetition(int limit) {
    fill();
    for (var filter :
        List.of(ALL, about(List.of("b.example")), about(List.of("a.example", "r.example")))) {
      var whole = queries.failures(filter, null, 1_000).items();
      assertThat(whole).hasSizeGreaterThan(8).doesNotHaveDuplicates();

      var paged = new ArrayList<FailureItem>();
      Position.OfFailure after = null;
      do {
        var page = queries.failures(filter, after, limit);
        paged.addAll(page.items());
        after = page.last();
      } while (after != null);

      assertThat(paged).isEqualTo(whole);
    }
  }

  @Test
  void endsAListThatIsExactlyOnePage() {
    save(report().policy("sts", "example.com", 1, 0).build());

    assertThat(queries.reports(ALL, null, 1).last()).isNull();
  }

  @Test
  void staysStableWhileReportsComeIn() {
    fill();
    var whole = queries.reports(ALL, null, 1_000).items();
    var first = queries.reports(ALL, null, 4);

    save(report().reportId("newer").on("2026-04-01").policy("sts", "z.example", 1, 0).build());

    assertThat(queries.reports(ALL, first.last(), 1_000).items())
        .isEqualTo(whole.subList(4, whole.size()));
  }

  /** Several days and domains, ids with the sign bit set and not, a domain of the recipient. */
  private void fill() {
    for (var day : List.of("2026-03-01", "2026-03-02", "2026-03-03")) {
      for (var domain : List.of("a.example", "b.example", "c.example")) {
        for (var high : List.of(0x7000_0000_0000_8000L, 0x9000_0000_0000_8000L)) {
          var recipient = domain.equals("c.example") ? "r.example" : domain;
          save(
              report()
                  .id(new UUID(high, UUID.randomUUID().getLeastSignificantBits()))
                  .reportId(day + domain + high)
                  .on(day)
                  .postedFor(recipient)
                  .policy("sts", domain, 1, 2, 2)
                  .policy("tlsa", domain, 1, 1, 1)
                  .build());
        }
      }
    }
  }

  private static ReportFilter about(List<String> domains) {
    return ReportFilter.all(EVERYTHING).about(domains);
  }

  private List<WholeReport.Failure> failuresOf(UUID id) {
    var failures = new ArrayList<WholeReport.Failure>();
    queries.eachFailure(id, EVERYTHING, failures::add);
    return failures;
  }

  private SaveOutcome save(NewReport report) {
    return archive.save(report, Duration.ofSeconds(20));
  }
}
