package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.context.WebApplicationContext;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import tools.jackson.databind.JsonNode;

/** The domains that reports are about, and how their sessions went in the last 30 days. */
@CollectorTest
class DomainsCallTest {

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;
  @Autowired WebApplicationContext context;

  private LocalDate today;
  private int number;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
  }

  @Test
  void saysWhenTheFirstAndTheLastReportCameAndHowManyReportOfLate() {
    deliver("Google", "a.example", daysAgo(400), 100, 10);
    deliver("Old Sender", "a.example", daysAgo(32), 1_000, 1_000);
    deliver("Google", "a.example", daysAgo(27), 5, 1);
    deliver("Google", "a.example", daysAgo(3), 7, 2);
    deliver("Microsoft", "a.example", daysAgo(2), 1, 0);
    deliver("Google", "b.example", daysAgo(40), 9, 9);

    var items = listed(List.of());

    assertThat(items).hasSize(2);
    assertThat(items.getFirst().toString())
        .isEqualTo(
            """
            {"domain":"a.example","firstSeen":"%s","lastReport":"%s","reporters":2,\
            "successful":13,"failed":3}"""
                .formatted(daysAgo(400), daysAgo(2)));
    assertThat(items.getLast().toString())
        .isEqualTo(
            """
            {"domain":"b.example","firstSeen":"%1$s","lastReport":"%1$s","reporters":0,\
            "successful":0,"failed":0}"""
                .formatted(daysAgo(40)));
  }

  /** A report may claim any day: of those to come, and of none, nobody knows anything. */
  @Test
  void knowsNoFirstAndNoLastReportOfDaysThatCannotBe() {
    deliver("Google", "a.example", today.plusDays(100), 5, 5);
    deliver("Google", "a.example", LocalDate.EPOCH, 5, 5);

    var item = listed(List.of()).getFirst();

    assertThat(item.get("firstSeen").isNull()).isTrue();
    assertThat(item.get("lastReport").isNull()).isTrue();
    assertThat(item.get("successful").asLong()).isZero();
  }

  @Test
  void showsALimitedLoginItsOwnDomainsAndWhatWasPostedForThem() {
    deliver("Google", "a.example", daysAgo(1), 1, 0);
    deliver("Google", "b.example", daysAgo(1), 2, 0);
    post("/v1/tlsrpt/a.example", "Postfix", "mx.b.example", daysAgo(1), 4, 0);
    post("/v1/tlsrpt/b.example", "Postfix", "mx.b.example", daysAgo(1), 8, 0);

    assertThat(sums(List.of("a.example"))).containsExactly("a.example 1", "mx.b.example 4");
    assertThat(sums(List.of("b.example"))).containsExactly("b.example 2", "mx.b.example 8");
    assertThat(sums(List.of("c.example"))).isEmpty();
    assertThat(sums(List.of())).containsExactly("a.example 1", "b.example 2", "mx.b.example 12");
  }

  @Test
  void asksNoMoreThanTheFilterDoes() {
    deliver("Google", "a.example", daysAgo(1), 1, 0);
    deliver("Microsoft", "a.example", daysAgo(1), 2, 0);
    deliver("Microsoft", "b.example", daysAgo(1), 2, 0);

    var items = all(List.of(), Map.of("organization", List.of("google")));

    assertThat(items).hasSize(1);
    assertThat(items.getFirst().get("successful").asLong()).isEqualTo(1);
    assertThat(items.getFirst().get("reporters").asLong()).isEqualTo(1);
  }

  private List<String> sums(List<String> reach) {
    return listed(reach).stream()
        .map(item -> item.get("domain").asString() + " " + item.get("successful"))
        .toList();
  }

  private List<JsonNode> listed(List<String> reach) {
    return all(reach, Map.of());
  }

  /** One domain a page, so that pages are turned. */
  private List<JsonNode> all(List<String> reach, Map<String, List<String>> parameters) {
    return Calls.by(context, reach).pages("/v1/domains", parameters, 1);
  }

  private LocalDate daysAgo(int days) {
    return today.minusDays(days);
  }

  private void deliver(
      String organization, String domain, LocalDate day, int successful, int failed) {
    post("/v1/tlsrpt/" + domain, organization, domain, day, successful, failed);
  }

  private void post(
      String path, String organization, String domain, LocalDate day, int successful, int failed) {
    var answer =
        http.post(
            path,
            """
            {"organization-name":"%s","date-range":{"start-datetime":"%sT00:00:00Z",
             "end-datetime":"%sT23:59:59Z"},"report-id":"%s","policies":[
             {"policy":{"policy-type":"tlsa","policy-domain":"%s"},"summary":{
              "total-successful-session-count":%s,"total-failure-session-count":%s}}]}"""
                .formatted(organization, day, day, number++, domain, successful, failed));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }
}
