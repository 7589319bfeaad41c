package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/**
 * Thousands of policies in a report, each with failures, asked about before the database has
 * statistics of them. Comparing each policy with each failure would take half a minute, and a query
 * ends after five seconds.
 */
@CollectorTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeReportTest {

  private static final int POLICIES = 6_000;

  private static final String POLICY =
      """
      {"policy":{"policy-type":"sts","policy-domain":"large.example",
        "policy-string":["version: STSv1","mode: enforce"]},
       "summary":{"total-successful-session-count":1,"total-failure-session-count":2},
       "failure-details":[
        {"result-type":"certificate-expired","failed-session-count":1,
         "receiving-mx-hostname":"mx1.large.example","sending-mta-ip":"192.0.2.7"},
        {"result-type":"certificate-expired","failed-session-count":1,
         "receiving-mx-hostname":"mx2.large.example","sending-mta-ip":"192.0.2.8"}]}""";

  private static final List<String> QUESTIONS =
      List.of(
          "/v1/reports?limit=9&policyType=sts&resultType=certificate-expired",
          "/v1/reports?limit=9&domain=large.example&sendingIp=192.0.2.0/24",
          "/v1/failures?limit=9&policyType=sts",
          "/v1/failures?limit=9&mode=enforce&resultType=certificate-expired",
          "/v1/failures?limit=9&domain=large.example&sendingIp=192.0.2.0/24&policyType=sts",
          "/v1/failures?format=csv&policyType=sts&mx=mx1.large.example",
          "/failures?sort=sessions&policyType=sts&resultType=certificate-expired",
          "/v1/summary?by=mx&resultType=certificate-expired",
          "/v1/summary?by=mx&domain=large.example",
          "/v1/summary?by=policyType,mx&domain=large.example&sendingIp=192.0.2.0/24",
          "/v1/summary?by=mode,day&resultType=certificate-expired",
          "/v1/summary?by=policyType&domain=large.example&mx=mx1.large.example",
          "/v1/summary?by=domain&domain=large.example&sendingIp=192.0.2.0/24",
          "/v1/summary?by=resultType&policyType=sts");

  private static final String EACH_VALUE =
      "pg_restore_attribute_stats('schemaname', 'public', 'relname', c.relname, 'attname', a.attname,"
          + " 'inherited', false, 'null_frac', 0::real, 'avg_width', 8, 'n_distinct', ";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;

  @BeforeAll
  void deliver() {
    gatherStatistics(false);
    jdbc.execute("truncate day_change, day_sum, report cascade");
    var report =
        """
        {"organization-name":"Large","report-id":"1","date-range":{
          "start-datetime":"%1$sT00:00:00Z","end-datetime":"%1$sT23:59:59Z"},
         "policies":[%2$s]}"""
            .formatted(
                LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(2),
                IntStream.range(0, POLICIES)
                    .mapToObj(n -> POLICY)
                    .collect(Collectors.joining(",")));
    assertThat(http.post("/v1/tlsrpt/large.example", report).status()).isIn(201, 202);
    await()
        .untilAsserted(
            () ->
                assertThat(jdbc.queryForObject("select count(*) from policy", Integer.class))
                    .isEqualTo(POLICIES));
  }

  @AfterAll
  void putBack() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    jdbc.execute("analyze report, policy, failure_detail, failure_type");
    gatherStatistics(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // what a new database has
        "pg_clear_attribute_stats('public', c.relname, a.attname, false)",
        // where each domain had one report with one failure until now
        EACH_VALUE + "-1::real)",
        // where there was one report until now
        EACH_VALUE + "1::real)"
      })
  void isAskedAbout(String statistics) {
    jdbc.execute(
        """
        do $$ declare c record; a record; begin
          for c in select oid, relname::text from pg_class
            where relname in ('report', 'policy', 'failure_detail', 'failure_type')
          loop
            for a in select attname::text from pg_attribute
              where attrelid = c.oid and attnum > 0 and not attisdropped
            loop
              perform %s;
            end loop;
          end loop;
        end $$"""
            .formatted(statistics));

    assertThat(QUESTIONS)
        .allSatisfy(path -> assertThat(http.getAsAdmin(path).status()).isEqualTo(200));
  }

  /** In the background, as PostgreSQL does: it would come in the middle of this. */
  private void gatherStatistics(boolean enabled) {
    for (var table : List.of("report", "policy", "failure_detail", "failure_type")) {
      jdbc.execute("alter table " + table + " set (autovacuum_enabled = " + enabled + ")");
    }
  }
}
