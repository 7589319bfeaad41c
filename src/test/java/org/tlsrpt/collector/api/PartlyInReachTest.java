package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.context.WebApplicationContext;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** A report about two domains, posted for a third, and logins that may see some of it. */
@CollectorTest
class PartlyInReachTest {

  private static final String REPORT =
      """
      {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z",
       "end-datetime":"2026-03-01T23:59:59Z"},"report-id":"about two","policies":[
       {"policy":{"policy-type":"sts","policy-string":["mode: testing"],
         "policy-domain":"a.example","mx-host":"*.secret-a.example"},
        "summary":{"total-successful-session-count":1,"total-failure-session-count":10},
        "failure-details":[{"result-type":"certificate-expired","failed-session-count":10,
         "receiving-mx-hostname":"mx.secret-a.example"}]},
       {"policy":{"policy-type":"sts","policy-string":["mode: testing"],
         "policy-domain":"b.example","mx-host":"*.secret-b.example"},
        "summary":{"total-successful-session-count":2,"total-failure-session-count":20},
        "failure-details":[{"result-type":"certificate-expired","failed-session-count":20,
         "receiving-mx-hostname":"mx.secret-b.example"}]}]}""";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired WebApplicationContext context;

  private String id;

  @BeforeEach
  void deliver() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    var answer = http.post("/v1/tlsrpt/r.example", REPORT);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    id = answer.json().get("id").asString();
  }

  /** Policies, failures, notes and sums of the one domain, and no word of the other. */
  @ParameterizedTest
  @CsvSource({"a, b, 1, 10", "b, a, 2, 20"})
  void showsOfAReportWhatIsInReach(String mine, String other, long successful, long failed) {
    var calls = Calls.by(context, List.of(mine + ".example"));

    var report = calls.json("/v1/reports/" + id);

    assertThat(report.get("domains").toString()).isEqualTo("[\"" + mine + ".example\"]");
    assertThat(report.get("policies").size()).isEqualTo(1);
    assertThat(report.get("policies").get(0).get("failures").size()).isEqualTo(1);
    assertThat(report.get("notes").isEmpty()).as("a text for an array, in mx-host").isFalse();
    assertThat(report.get("successful").asLong()).isEqualTo(successful);
    assertThat(report.get("failed").asLong()).isEqualTo(failed);
    for (var path : List.of("/v1/reports/" + id, "/v1/reports", "/v1/failures", "/v1/domains")) {
      var text = Calls.text(calls.get(path));
      assertThat(text).as(path).contains(mine + ".example");
      assertThat(text)
          .as(path)
          .doesNotContain("\"" + other + ".example", "secret-" + other)
          .doesNotContain("policies[" + (mine.equals("a") ? 1 : 0) + "]");
    }
  }

  /** It cannot be given in part. */
  @ParameterizedTest
  @CsvSource({
    "a.example, 404",
    "b.example, 404",
    "c.example, 404",
    "a.example b.example, 200",
    "r.example, 200",
    "c.example r.example, 200",
  })
  void givesTheDocumentToWhomAllOfItIsInReach(String reach, int status) {
    var calls = Calls.by(context, List.of(reach.split(" ")));

    var answer = calls.get("/v1/reports/" + id + "/raw");

    assertThat(answer.getStatus()).isEqualTo(status);
    if (status == 200) {
      assertThat(answer.getContentAsByteArray()).isEqualTo(REPORT.getBytes(StandardCharsets.UTF_8));
    } else {
      assertThat(Calls.text(answer)).doesNotContain("secret");
    }
  }

  /** Also once it was deleted: that there was one is no business of others. */
  @Test
  void saysToNobodyElseThatTheDocumentIsGone() {
    jdbc.update("update report set document = null");

    assertThat(status(List.of("a.example"))).isEqualTo(404);
    assertThat(status(List.of("c.example"))).isEqualTo(404);
    assertThat(status(List.of("a.example", "b.example"))).isEqualTo(410);
  }

  @Test
  void isNotThereForALoginOfAnotherDomain() {
    var calls = Calls.by(context, List.of("c.example"));

    assertThat(calls.get("/v1/reports/" + id).getStatus()).isEqualTo(404);
    assertThat(calls.json("/v1/reports").get("items").isEmpty()).isTrue();
  }

  private int status(List<String> reach) {
    return Calls.by(context, reach).get("/v1/reports/" + id + "/raw").getStatus();
  }
}
