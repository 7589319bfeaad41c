package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import tools.jackson.databind.JsonNode;

/** Counts near 2^63 from whoever likes to send them: sums stay there and never wrap round. */
@CollectorTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeCountsTest {

  private static final long MOST = Long.MAX_VALUE;

  /** A single count ends at 2^53-1, so it takes so many for a sum of 2^63. */
  private static final int POLICIES = 1_100;

  private static final List<String> COUNTS =
      List.of("9223372036854775807", "9007199254740991", "1e30");

  private static final String POLICY =
      """
      {"policy":{"policy-type":"TYPE","policy-domain":"large.example"},
       "summary":{"total-successful-session-count":COUNT,"total-failure-session-count":COUNT},
       "failure-details":[
        {"result-type":"certificate-expired","failed-session-count":COUNT,
         "receiving-mx-hostname":"mx.large.example","failure-reason-code":"X"},
        {"result-type":"certificate-expired","failed-session-count":COUNT,
         "receiving-mx-hostname":"mx.large.example","failure-reason-code":"X"}]}""";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;

  private String id;

  @BeforeAll
  void deliver() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    for (var type : List.of("no-policy-found", "sts", "tlsa")) {
      var day = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(2);
      var policies =
          IntStream.range(0, POLICIES)
              .mapToObj(n -> POLICY.replace("TYPE", type).replace("COUNT", COUNTS.get(n % 3)))
              .toList();
      var report =
          """
          {"organization-name":"Hostile","date-range":{"start-datetime":"%1$sT00:00:00Z",
           "end-datetime":"%1$sT23:59:59Z"},"report-id":"%2$s","policies":%3$s}"""
              .formatted(day, type, policies);
      var answer = http.post("/v1/tlsrpt/large.example", report);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
      id = answer.json().get("id").asString();
    }
  }

  @Test
  void areSummedUpInReports() {
    for (var item : items("/v1/reports")) {
      assertThat(item.get("successful").asLong()).isEqualTo(MOST);
      assertThat(item.get("failed").asLong()).isEqualTo(MOST);
    }
    var report = http.getAsAdmin("/v1/reports/" + id).json();
    assertThat(report.get("successful").asLong()).isEqualTo(MOST);
    assertThat(report.get("failed").asLong()).isEqualTo(MOST);
    assertThat(items("/v1/failures").size()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "day",
        "domain",
        "organization",
        "policyType",
        "mode",
        "resultType",
        "mx",
        "reasonCode",
        "day,resultType",
        "domain,organization",
        "policyType,mx"
      })
  void areSummedUpByAnything(String by) {
    for (var filter : List.of("", "&domain=large.example", "&resultType=certificate-expired")) {
      var items = items("/v1/summary?by=" + by + filter);

      assertThat(items.isEmpty()).isFalse();
      for (var item : items) {
        assertThat(item.path(item.has("sessions") ? "sessions" : "failed").asLong())
            .as(item.toString())
            .isEqualTo(MOST);
      }
    }
  }

  @Test
  void areSummedUpByDomain() {
    var domain = items("/v1/domains").get(0);

    assertThat(domain.get("successful").asLong()).isEqualTo(MOST);
    assertThat(domain.get("failed").asLong()).isEqualTo(MOST);
    assertThat(domain.get("reporters").asLong()).isEqualTo(1);
  }

  private JsonNode items(String path) {
    var answer = http.getAsAdmin(path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().get("items");
  }
}
