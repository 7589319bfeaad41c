package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.store.Reports.report;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/**
 * Two databases that know nothing of each other show which of them was asked. That a real replica
 * follows is PostgreSQL's matter.
 */
@CollectorTest
@DirtiesContext // it must not outlive the database that stands for its copy
class ReadReplicaTest {

  private static final ReportFilter ALL = ReportFilter.all(new Reach.Everything());

  @RegisterExtension static final OwnTables copy = new OwnTables();

  @Autowired ReportArchive archive;
  @Autowired ReportQueries queries;
  @Autowired SummaryQueries summaries;
  @Autowired DomainQueries domains;
  @Autowired Exports exports;
  @Autowired ReplicaLag lag;
  @Autowired MeterRegistry meters;
  @Autowired Http http;
  @Autowired JdbcTemplate primary;

  private final NewReport here = report().policy("sts", "here.example", 1, 1, 1).build();
  private final NewReport there = report().policy("sts", "there.example", 1, 1, 1).build();

  @DynamicPropertySource
  static void readUrl(DynamicPropertyRegistry properties) {
    properties.add("tlsrpt.database.read-url", copy::url);
  }

  @BeforeEach
  void oneReportEach() {
    primary.execute("truncate day_change, day_sum, report cascade");
    assertThat(archive.save(here, Duration.ofSeconds(10))).isInstanceOf(SaveOutcome.Stored.class);
    copy.save(there);
  }

  @Test
  void writesWhereItWroteBefore() {
    assertThat(primary.queryForList("select domain from report", String.class))
        .containsExactly("here.example");
    assertThat(copy.jdbc.queryForList("select domain from report", String.class))
        .containsExactly("there.example");
  }

  @Test
  void listsAndAddsUpAtTheCopy() {
    assertThat(queries.reports(ALL, null, 10).items())
        .extracting(ReportItem::domain)
        .containsExactly("there.example");
    assertThat(queries.failures(ALL, null, 10).items())
        .extracting(FailureItem::domain)
        .containsExactly("there.example");
    assertThat(summaries.sum(ALL, List.of(Dimension.DOMAIN), 10).items())
        .extracting(SummaryItem::keys)
        .containsExactly(List.of("there.example"));
    assertThat(domains.byName(ALL, null, 10).items())
        .extracting(DomainItem::domain)
        .containsExactly("there.example");
  }

  @Test
  void exportsFromTheCopy() {
    try (var export = exports.reports(ALL).orElseThrow()) {
      assertThat(export.next()).extracting(ReportItem::domain).containsExactly("there.example");
    }
  }

  @Test
  void looksUpByIdWhereItWrites() {
    assertThat(queries.report(here.id(), new Reach.Everything())).isPresent();
    assertThat(queries.document(here.id(), new Reach.Everything())).isPresent();
    assertThat(queries.report(there.id(), new Reach.Everything())).isEmpty();
  }

  @Test
  void saysThatTheDistanceOfWhatIsNoReplicaIsUnknown() {
    assertThat(lag.health().getStatus()).isEqualTo(Status.UP);
    assertThat(meters.get("tlsrpt.replica.behind").gauge().value()).isNaN();
  }

  @Test
  void showsOnTheStatusPageHowFarItIsBehind() {
    var page = http.getAsAdmin("/status");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("Replica is behind by", "<span>?</span>");
  }
}
