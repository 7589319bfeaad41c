package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.bench.WrittenRows.WrittenDetail;
import org.tlsrpt.bench.WrittenRows.WrittenPolicy;
import org.tlsrpt.bench.WrittenRows.WrittenReport;
import org.tlsrpt.collector.testing.CollectorTest;

/**
 * What the same rows cost through Hibernate and through the archive, in one run: {@code mvn test
 * -Dtest=JpaVersusJdbcBench -DexcludedGroups=}. The figures stand in a decision record.
 */
@CollectorTest
@Tag("bench")
class JpaVersusJdbcBench {

  private static final int SMALL_REPORTS = 3_000;
  private static final int DETAILS = 100_000;

  @Autowired ReportArchive archive;
  @Autowired JdbcTemplate jdbc;
  @Autowired JdbcConnectionDetails database;

  @Test
  void compares() {
    try (var jpa = jpa()) {
      for (var round = 1; round <= 3; round++) {
        log(
            "small reports, round " + round,
            SMALL_REPORTS,
            smallReports(r -> persist(jpa, r)),
            smallReports(r -> archive.saveAll(List.of(r))));
        log(
            "one large report, round " + round,
            DETAILS,
            largeReport(r -> persist(jpa, r)),
            largeReport(r -> archive.saveAll(List.of(r))));
      }
    }
  }

  private static void log(String what, int rows, double jpaSeconds, double archiveSeconds) {
    LoggerFactory.getLogger(JpaVersusJdbcBench.class)
        .info(
            "{}: JPA {}/s, archive {}/s, ratio {}",
            what,
            Math.round(rows / jpaSeconds),
            Math.round(rows / archiveSeconds),
            Math.round(10 * jpaSeconds / archiveSeconds) / 10.0);
  }

  private double smallReports(Consumer<NewReport> save) {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    var start = System.nanoTime();
    for (var i = 0; i < SMALL_REPORTS; i++) {
      save.accept(
          Reports.report().reportId("r" + i).policy("sts", "example.com", 5, i % 2, i % 2).build());
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    assertThat(jdbc.queryForObject("select count(*) from report", Integer.class))
        .isEqualTo(SMALL_REPORTS);
    return seconds;
  }

  private double largeReport(Consumer<NewReport> save) {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    var report = Reports.report().policy("sts", "example.com", 5, DETAILS, DETAILS).build();
    var start = System.nanoTime();
    save.accept(report);
    var seconds = (System.nanoTime() - start) / 1e9;
    assertThat(jdbc.queryForObject("select count(*) from failure_detail", Integer.class))
        .isEqualTo(DETAILS);
    return seconds;
  }

  /**
   * Hibernate at its best for inserts: assigned keys, ordered and batched, rewritten by the driver.
   */
  private EntityManagerFactory jpa() {
    return new Configuration()
        .addAnnotatedClass(WrittenReport.class)
        .addAnnotatedClass(WrittenPolicy.class)
        .addAnnotatedClass(WrittenDetail.class)
        .setPhysicalNamingStrategy(
            new org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl())
        .setProperty("hibernate.connection.url", database.getJdbcUrl())
        .setProperty("hibernate.connection.username", database.getUsername())
        .setProperty("hibernate.connection.password", database.getPassword())
        .setProperty("hibernate.connection.reWriteBatchedInserts", "true")
        .setProperty("hibernate.jdbc.batch_size", "1000")
        .setProperty("hibernate.order_inserts", "true")
        .buildSessionFactory();
  }

  private static void persist(EntityManagerFactory jpa, NewReport report) {
    jpa.runInTransaction(
        entities -> {
          for (var part : DomainPart.of(report)) {
            entities.persist(written(part));
            for (var policy : part.policies()) {
              entities.persist(written(part, policy));
              var m = 0;
              for (var detail : policy.result().failureDetails()) {
                entities.persist(written(part, policy.n(), m++, detail));
              }
            }
          }
        });
  }

  private static WrittenReport written(DomainPart part) {
    var row = new WrittenReport();
    var report = part.report().report();
    row.domain = part.domain();
    row.day = part.day();
    row.id = part.report().id();
    row.organizationName = report.organizationName();
    row.contactInfo = report.contactInfo();
    row.reportId = report.reportId();
    row.windowStart = report.dateRange().start();
    row.windowEnd = report.dateRange().end();
    row.receivedAt = part.report().source().receivedAt();
    row.channel = part.report().source().channel();
    row.sourceAddress = part.report().source().ip();
    row.userAgent = part.report().source().userAgent();
    row.successful = part.sessions().successful();
    row.failed = part.sessions().failed();
    row.failureDetails = part.failureDetails();
    row.identity = Identity.of(report);
    row.document = part.report().document();
    row.domains = part.domains();
    return row;
  }

  private static WrittenPolicy written(DomainPart part, DomainPart.NumberedPolicy numbered) {
    var row = new WrittenPolicy();
    var policy = numbered.result().policy();
    row.domain = part.domain();
    row.day = part.day();
    row.reportId = part.report().id();
    row.n = numbered.n();
    row.type = policy.type();
    row.mode = policy.mode();
    row.strings = policy.strings();
    row.mxHosts = policy.mxHosts();
    row.successful = numbered.result().summary().successful();
    row.failed = numbered.result().summary().failed();
    return row;
  }

  private static WrittenDetail written(
      DomainPart part, int n, int m, org.tlsrpt.collector.report.TlsReport.FailureDetail detail) {
    var row = new WrittenDetail();
    row.domain = part.domain();
    row.day = part.day();
    row.reportId = part.report().id();
    row.n = n;
    row.m = m;
    row.resultType = detail.resultType();
    row.sendingMtaIp = detail.sendingMtaIp();
    row.receivingMxHostname = detail.receivingMxHostname();
    row.receivingIp = detail.receivingIp();
    row.failedSessionCount = detail.failedSessionCount();
    row.failureReasonCode = detail.failureReasonCode();
    return row;
  }
}
