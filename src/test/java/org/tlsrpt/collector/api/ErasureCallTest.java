package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;
import tools.jackson.databind.JsonNode;

/** Erasing by call, and what is left to see of it. */
@CollectorTest
class ErasureCallTest {

  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate quarantine, report, erasure cascade");
  }

  @Test
  void erasesADomainInTheBackground() {
    deliver("Sender", "a.example");
    deliver("Sender", "b.example");

    var answer = http.sendAsAdmin("DELETE", "/v1/domains/a.example");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().propertyNames())
        .containsExactly(
            "id",
            "kind",
            "name",
            "state",
            "requestedAt",
            "doneAt",
            "reports",
            "policies",
            "failures",
            "documents");
    var id = answer.json().get("id").asString();
    assertThat(answer.header("location")).isEqualTo("/v1/erasures/" + id);
    var done = done(answer);
    assertThat(done.get("kind").asString()).isEqualTo("domain");
    assertThat(done.get("name").asString()).isEqualTo("a.example");
    assertThat(Instant.parse(done.get("doneAt").asString()))
        .isAfterOrEqualTo(Instant.parse(done.get("requestedAt").asString()));
    assertThat(counts(done)).containsExactly(1, 1, 1, 1);
    assertThat(listed()).containsExactly("b.example");
    assertThat(http.getAsAdmin("/v1/failures?domain=a.example").json().get("items").isEmpty())
        .isTrue();
    assertThat(http.getAsAdmin("/v1/erasures").json().get("items").get(0)).isEqualTo(done);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/domains/A.Example., a.example",
    "/v1/domains/b%C3%BCcher.example, xn--bcher-kva.example",
    "/v1/domains?domain=A.EXAMPLE, a.example",
    "/v1/domains?domain=no/domain, no/domain",
    "/v1/organizations/sender%20inc., Sender Inc.",
    "/v1/organizations/1&1%20Mail, 1&1 Mail",
    "/v1/organizations/M%C3%BCller, Müller",
    "/v1/organizations/..., ...",
    "/v1/organizations/x'%20or%20''%3D', x' or ''='",
    "/v1/organizations?organization=A%2FB, A/B",
    "/v1/organizations?organization=100%25, 100%",
  })
  void findsWhatSomebodyTyped(String path, String stored) {
    deliver("Other", "other.example");
    if (path.startsWith("/v1/domains")) {
      deliver("Sender", stored);
    } else {
      deliver(stored, "c.example");
    }

    var done = done(http.sendAsAdmin("DELETE", path));

    assertThat(counts(done)).containsExactly(1, 1, 1, 1);
    assertThat(listed()).containsExactly("other.example");
  }

  @Test
  void isDoneAlsoWhenThereIsNothing() {
    var done = done(http.sendAsAdmin("DELETE", "/v1/domains/nothing.example"));

    assertThat(counts(done)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void erasesWhatQuarantineKeepsForTheDomain() {
    http.post("/v1/tlsrpt/a.example", "{broken a");
    http.post("/v1/tlsrpt/b.example", "{broken b");
    http.post("/v1/tlsrpt", "{broken");
    for (var i = 0; i < 120; i++) {
      http.post("/v1/tlsrpt/a.example", "{broken " + i);
    }

    done(http.sendAsAdmin("DELETE", "/v1/domains/a.example"));

    assertThat(
            jdbc.queryForList(
                "select coalesce(recipient_domain, 'none') from quarantine order by 1",
                String.class))
        .containsExactly("b.example", "none");
  }

  @Test
  void saysOfADocumentThatItIsGone() {
    var id = deliver("Sender", "a.example", "b.example");
    assertThat(raw(id).status()).isEqualTo(200);

    done(http.sendAsAdmin("DELETE", "/v1/domains/a.example"));

    assertThat(raw(id).status()).isEqualTo(410);
    assertThat(raw(id).type()).startsWith("application/problem+json");
    assertThat(raw(id).json().get("type").asString()).endsWith(":document-gone");
    assertThat(raw(id).json().get("detail").asString()).contains("tlsrpt.retention.raw");
    assertThat(http.getAsAdmin("/v1/reports/" + id).json().get("domains").toString())
        .isEqualTo("[\"b.example\"]");

    done(http.sendAsAdmin("DELETE", "/v1/domains/b.example"));

    assertThat(raw(id).status()).isEqualTo(404);
  }

  @Test
  void storesAReportThatComesAgain() {
    var id = deliver("Sender", "a.example");
    done(http.sendAsAdmin("DELETE", "/v1/domains/a.example"));

    assertThat(deliver("Sender", "a.example")).isEqualTo(id);
    assertThat(raw(id).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /v1/domains, domain",
    "DELETE, /v1/domains?domain=, domain",
    "DELETE, /v1/domains?domain=a&domain=b, domain",
    "DELETE, /v1/domains/%20, domain",
    "DELETE, /v1/domains/a%09b, domain",
    "DELETE, /v1/domains/a.example?organization=Sender, organization",
    "DELETE, /v1/organizations, organization",
    "DELETE, /v1/organizations?name=Sender, name",
    "DELETE, /v1/organizations/Sender?domain=a.example, domain",
    "GET, /v1/erasures?limit=1, limit",
    "GET, /v1/erasures/" + NOBODY + "?domain=a, domain",
  })
  void erasesNothingAtACallThatIsNotMeantSo(String method, String path, String parameter) {
    deliver("Sender", "a.example");

    var answer = http.sendAsAdmin(method, path);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
    assertThat(jdbc.queryForObject("select count(*) from erasure", Long.class)).isZero();
  }

  @Test
  void refusesNamesLongerThanAnyIsStored() {
    assertThat(http.sendAsAdmin("DELETE", "/v1/domains/" + "a".repeat(1_001)).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {NOBODY, "1", "x", "0-0-0-0-0"})
  void knowsNoOtherErasures(String id) {
    var answer = http.getAsAdmin("/v1/erasures/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.type()).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /v1/domains/a%2Fb",
    "DELETE, /v1/domains/a;b",
    "DELETE, /v1/domains/%00",
    "DELETE, /v1/organizations/a%5Cb",
  })
  void refusesPathsThatMayMeanAnother(String method, String path) {
    assertThat(http.sendAsAdmin(method, path).status()).isEqualTo(400);
    assertThat(jdbc.queryForObject("select count(*) from erasure", Long.class)).isZero();
  }

  private JsonNode done(Answer begun) {
    assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
    var at = begun.header("location");
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> http.getAsAdmin(at).json().get("state").asString().equals("done"));
    return http.getAsAdmin(at).json();
  }

  private static List<Integer> counts(JsonNode progress) {
    return List.of("reports", "policies", "failures", "documents").stream()
        .map(name -> progress.get(name).asInt())
        .toList();
  }

  private List<String> listed() {
    var domains = new ArrayList<String>();
    http.getAsAdmin("/v1/reports")
        .json()
        .get("items")
        .forEach(item -> domains.add(item.get("domain").asString()));
    return domains;
  }

  private Answer raw(String id) {
    return http.getAsAdmin("/v1/reports/" + id + "/raw");
  }

  private String deliver(String organization, String... domains) {
    var policies = new ArrayList<String>();
    for (var domain : domains) {
      policies.add(
          """
          {"policy":{"policy-type":"sts","policy-domain":"%s"},
           "summary":{"total-successful-session-count":1,"total-failure-session-count":1},
           "failure-details":[{"result-type":"certificate-expired","failed-session-count":1}]}"""
              .formatted(domain));
    }
    var answer =
        http.post(
            "/v1/tlsrpt",
            """
            {"organization-name":"%s","date-range":{"start-datetime":"2026-03-01T00:00:00Z",
             "end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"tls@sender.example",
             "report-id":"one","policies":[%s]}"""
                .formatted(organization, String.join(",", policies)));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json().get("id").asString();
  }
}
