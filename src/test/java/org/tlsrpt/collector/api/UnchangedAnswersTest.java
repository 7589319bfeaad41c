package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;

/** Clients that poll get a body only when there is something new. */
@CollectorTest
class UnchangedAnswersTest {

  private static final String REPORT =
      """
      {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z",
       "end-datetime":"2026-03-01T23:59:59Z"},"report-id":"%s","policies":[
       {"policy":{"policy-type":"sts","policy-domain":"%s"},
        "summary":{"total-successful-session-count":1,"total-failure-session-count":1},
        "failure-details":[{"result-type":"certificate-expired","failed-session-count":1}]}]}""";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  private String id;

  @BeforeEach
  void deliver() {
    jdbc.execute("truncate quarantine, report cascade");
    id =
        http.post("/v1/tlsrpt/example.com", REPORT.formatted(1, "a.example"))
            .json()
            .get("id")
            .asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/reports?domain=example.com",
        "/v1/failures",
        "/v1/summary?by=day,resultType",
        "/v1/domains",
        "/v1/quarantine"
      })
  void areNotSentAgainUntilAnotherReportCame(String path) {
    var first = http.getAsAdmin(path);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("etag")).startsWith("W/\"");
    assertThat(first.header("cache-control")).isEqualTo("no-cache, private");

    var second = asked("GET", path, first.header("etag"));
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.bytes()).isEmpty();
    assertThat(second.header("etag")).isEqualTo(first.header("etag"));
    assertThat(asked("HEAD", path, first.header("etag")).status()).isEqualTo(304);

    http.post("/v1/tlsrpt/example.com", REPORT.formatted(2, "b.example"));
    http.post("/v1/tlsrpt/example.com", "{\"a\":1}");
    var third = asked("GET", path, first.header("etag"));
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.header("etag")).isNotEqualTo(first.header("etag"));
    assertThat(third.json().get("items").isEmpty()).isFalse();
  }

  @Test
  void areTakenFromAReportAsLongAsNothingOfItIsErased() {
    var path = "/v1/reports/" + id;
    var tag = http.getAsAdmin(path).header("etag");
    assertThat(asked("GET", path, tag).status()).isEqualTo(304);
    assertThat(asked("GET", path, "\"other\", " + tag).status()).isEqualTo(304);

    jdbc.update("update report set recipient_domain = null");
    assertThat(asked("GET", path, tag).status()).isEqualTo(200);
  }

  @Test
  void areTakenFromADocumentForEver() {
    var path = "/v1/reports/" + id + "/raw";
    var first = http.getAsAdmin(path);
    assertThat(first.header("etag")).isEqualTo("\"" + id + "\"");
    assertThat(asked("GET", path, first.header("etag")).status()).isEqualTo(304);
    assertThat(asked("GET", path, "\"other\"").bytes()).isEqualTo(first.bytes());

    jdbc.update("update report set document = null");
    assertThat(asked("GET", path, first.header("etag")).status()).isEqualTo(410);
  }

  @Test
  void areNothingToWhoeverMayNotSeeThem() {
    var tag = http.getAsAdmin("/v1/reports").header("etag");

    assertThat(http.get("/v1/reports", "If-None-Match", tag).status()).isEqualTo(401);
  }

  private Answer asked(String method, String path, String tag) {
    return http.sendAsAdmin(method, path, "If-None-Match", tag);
  }
}
