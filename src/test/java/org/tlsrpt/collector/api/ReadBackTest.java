package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** What operators and their scripts read after senders have delivered. */
@CollectorTest
class ReadBackTest {

  /** Microsoft's shape: the same two sessions under sts and under tlsa. */
  private static final String REPORT =
      """
      {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z",
       "end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"tls@sender.example",
       "report-id":"REPORT-ID","policies":[
       {"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing"],
         "policy-domain":"example.com","mx-host":["*.example.com"]},
        "summary":{"total-successful-session-count":5,"total-failure-session-count":2},
        "failure-details":[
         {"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1",
          "receiving-mx-hostname":"mx1.example.com","receiving-mx-helo":"mx1",
          "receiving-ip":"2001:DB8:0:0::1","failed-session-count":1,
          "additional-information":"https://sender.example/more","failure-reason-code":"EXPIRED"},
         {"result-type":"starttls-not-supported","failed-session-count":1}]},
       {"policy":{"policy-type":"tlsa","policy-string":["3 1 1 00"],
         "policy-domain":"example.com"},
        "summary":{"total-successful-session-count":7,"total-failure-session-count":0}}]}""";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
  }

  @Test
  void listsReportsWithTheNamesOfTheContract() {
    var id = deliver("one");

    var item = http.getAsAdmin("/v1/reports?domain=example.com").json().get("items").get(0);

    assertThat(item.propertyNames())
        .containsExactly(
            "id",
            "domain",
            "organization",
            "contact",
            "reportId",
            "start",
            "end",
            "receivedAt",
            "recipientDomain",
            "successful",
            "failed",
            "source",
            "notes");
    assertThat(item.get("source").propertyNames()).containsExactly("channel", "ip", "userAgent");
    assertThat(item.get("id").asString()).isEqualTo(id);
    assertThat(item.get("start").asString()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(item.get("reportId").asString()).isEqualTo("one");
    assertThat(item.get("successful").asLong()).as("sessions, each once").isEqualTo(5);
    assertThat(item.get("failed").asLong()).isEqualTo(2);
  }

  @Test
  void showsAWholeReportWithItsFailures() {
    var id = deliver("one");

    var report = http.getAsAdmin("/v1/reports/" + id).json();

    assertThat(report.propertyNames())
        .containsExactly(
            "id",
            "domains",
            "organization",
            "contact",
            "reportId",
            "start",
            "end",
            "receivedAt",
            "recipientDomain",
            "successful",
            "failed",
            "source",
            "notes",
            "policies");
    assertThat(report.get("domains").toString()).isEqualTo("[\"example.com\"]");
    var sts = report.get("policies").get(0);
    assertThat(sts.propertyNames())
        .containsExactly(
            "type", "domain", "mode", "strings", "mxHosts", "successful", "failed", "failures");
    assertThat(sts.get("mode").asString()).isEqualTo("testing");
    assertThat(sts.get("mxHosts").toString()).isEqualTo("[\"*.example.com\"]");
    assertThat(sts.get("failures").size()).isEqualTo(2);
    assertThat(sts.get("failures").get(0).get("receivingIp").asString()).isEqualTo("2001:db8::1");
    var tlsa = report.get("policies").get(1);
    assertThat(tlsa.get("type").asString()).isEqualTo("tlsa");
    assertThat(tlsa.get("failures").isEmpty()).isTrue();
  }

  @Test
  void listsFailuresWithTheNamesOfTheContract() {
    var id = deliver("one");

    var items = http.getAsAdmin("/v1/failures?domain=Example.com.").json().get("items");

    assertThat(items.size()).isEqualTo(2);
    var first = items.get(1);
    assertThat(first.propertyNames())
        .containsExactly(
            "reportId",
            "day",
            "domain",
            "organization",
            "policyType",
            "mode",
            "resultType",
            "sessions",
            "sendingMtaIp",
            "receivingMx",
            "receivingMxHelo",
            "receivingIp",
            "additionalInformation",
            "reasonCode");
    assertThat(first.get("reportId").asString()).isEqualTo(id);
    assertThat(first.get("day").asString()).isEqualTo("2026-03-01");
    assertThat(first.get("policyType").asString()).isEqualTo("sts");
    assertThat(first.get("resultType").asString()).isEqualTo("certificate-expired");
    assertThat(first.get("sessions").asLong()).isEqualTo(1);
    assertThat(first.get("reasonCode").asString()).isEqualTo("EXPIRED");
    assertThat(items.get(0).get("sendingMtaIp").isNull()).isTrue();
  }

  @Test
  void givesTheDocumentBackByteForByte() {
    var id = deliver("one");

    var raw = http.getAsAdmin("/v1/reports/" + id + "/raw");

    assertThat(raw.bytes()).isEqualTo(bytes("one"));
    assertThat(raw.type()).isEqualTo("application/tlsrpt+json");
    assertThat(raw.header("content-disposition")).startsWith("attachment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/reports", "/v1/failures"})
  void turnsPagesByCursorAndByLink(String list) {
    for (var i = 0; i < 5; i++) {
      deliver("report " + i);
    }
    var whole = http.getAsAdmin(list + "?domain=example.com").json().get("items");

    var byCursor = new ArrayList<Object>();
    var path = list + "?domain=example.com&limit=2";
    while (path != null) {
      var page = http.getAsAdmin(path);
      page.json().get("items").forEach(byCursor::add);
      var next = page.json().get("next");
      var link = page.header("link");
      if (next.isNull()) {
        assertThat(link).isEmpty();
        path = null;
      } else {
        assertThat(link).endsWith(">; rel=\"next\"").contains("cursor=" + next.asString());
        path = link.substring(1, link.indexOf('>'));
      }
    }

    assertThat(byCursor).hasSize(whole.size());
    for (var i = 0; i < whole.size(); i++) {
      assertThat(byCursor.get(i)).isEqualTo(whole.get(i));
    }
  }

  @Test
  void refusesTheCursorOfAnotherListOrFilter() {
    for (var i = 0; i < 3; i++) {
      deliver("report " + i);
    }
    var cursor =
        http.getAsAdmin("/v1/reports?domain=example.com&limit=1").json().get("next").asString();

    assertThat(http.getAsAdmin("/v1/reports?domain=example.com&cursor=" + cursor).status())
        .isEqualTo(200);
    for (var other :
        new String[] {
          "/v1/failures?domain=example.com&cursor=" + cursor,
          "/v1/reports?cursor=" + cursor,
          "/v1/reports?domain=example.net&cursor=" + cursor,
          "/v1/reports?domain=example.com&cursor=" + cursor.substring(1),
          "/v1/reports?domain=example.com&cursor=" + cursor + "AAAA"
        }) {
      assertThat(http.getAsAdmin(other).status()).as(other).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=1001, limit",
    "limit=x, limit",
    "limit=99999999999, limit",
    "limit=1&limit=2, limit",
    "limit=, limit",
    "domain=, domain",
    "domain=%00, domain",
    "domain=a%0Ab, domain",
    "cursor=x, cursor",
    "cursor=%C3%BC, cursor",
    "Domain=example.com, Domain",
    "from=yesterday, from",
    "%3Cscript%3E=1, ?script?",
  })
  void namesTheParameterThatIsWrong(String query, String parameter) {
    for (var list : new String[] {"/v1/reports?", "/v1/failures?"}) {
      var answer = http.getAsAdmin(list + query);

      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.type()).startsWith("application/problem+json");
      assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
      assertThat(answer.json().get("detail").asString()).contains(parameter);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'", "' OR 1=1--", "%", "_", "\\", "*", "example.co", "%F0%9F%98%80", "${x}"})
  void findsNothingForADomainThatIsNotThere(String domain) {
    deliver("one");

    var answer =
        http.getAsAdmin(
            "/v1/reports?domain="
                + domain
                    .replace("%", domain.startsWith("%F0") ? "%" : "%25")
                    .replace(" ", "%20")
                    .replace("\\", "%5C")
                    .replace("{", "%7B")
                    .replace("}", "%7D"));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("items").isEmpty()).isTrue();
    assertThat(answer.json().get("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/reports/00000000-0000-8000-8000-000000000000",
        "/v1/reports/00000000-0000-8000-8000-000000000000/raw",
        "/v1/reports/1",
        "/v1/reports/0-0-0-0-0",
        "/v1/reports/x/raw"
      })
  void knowsNoReportOfThatId(String path) {
    var answer = http.getAsAdmin(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().get("detail").asString())
        .isEqualTo("There is no report with this id.");
  }

  private String deliver(String reportId) {
    var answer = http.post("/v1/tlsrpt/example.com", bytes(reportId));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private static byte[] bytes(String reportId) {
    return REPORT.replace("REPORT-ID", reportId).getBytes(StandardCharsets.UTF_8);
  }
}
