package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tlsrpt.collector.testing.Http;
import tools.jackson.databind.json.JsonMapper;

/** Reports as the tests of pages need them, delivered as senders do; and who looks at them. */
final class Sent {

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Object> report = new LinkedHashMap<>();
  private final Map<String, Object> policy = new LinkedHashMap<>();
  private final List<Map<String, Object>> failures = new ArrayList<>();
  private final String domain;
  private final long successful;

  private Sent(String domain, LocalDate day, String organization, long successful) {
    this.domain = domain;
    this.successful = successful;
    report.put("organization-name", organization);
    report.put("contact-info", "tlsrpt@sender.example");
    report.put("report-id", day + organization);
    report.put(
        "date-range",
        Map.of("start-datetime", day + "T00:00:00Z", "end-datetime", day + "T23:59:59Z"));
    policy.put("policy-type", "sts");
    policy.put("policy-string", List.of("version: STSv1", "mode: enforce", "max_age: 86400"));
    policy.put("policy-domain", domain);
  }

  static Sent about(String domain, LocalDate day, String organization, long successful) {
    return new Sent(domain, day, organization, successful);
  }

  Sent with(String member, Object value) {
    report.put(member, value);
    return this;
  }

  Sent withPolicy(String member, Object value) {
    policy.put(member, value);
    return this;
  }

  Sent failing(String type, String mx, long sessions) {
    return failing(type, mx, sessions, Map.of());
  }

  Sent failing(String type, String mx, long sessions, Map<String, Object> more) {
    var failure = new LinkedHashMap<String, Object>();
    failure.put("result-type", type);
    failure.put("sending-mta-ip", "192.0.2.1");
    failure.put("receiving-mx-hostname", mx);
    failure.put("failed-session-count", sessions);
    failure.putAll(more);
    failures.add(failure);
    return this;
  }

  /** Delivers it and gives its id. */
  String to(Http http) {
    var failed = failures.stream().mapToLong(it -> (long) it.get("failed-session-count")).sum();
    report.put(
        "policies",
        List.of(
            Map.of(
                "policy",
                policy,
                "summary",
                Map.of(
                    "total-successful-session-count", successful,
                    "total-failure-session-count", failed),
                "failure-details",
                failures)));
    var path = domain.matches("[a-z0-9.-]+") ? "/v1/tlsrpt/" + domain : "/v1/tlsrpt";
    var answer = http.post(path, JSON.writeValueAsBytes(report));
    assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    return answer.json().get("id").asString();
  }

  static Page asAdmin(Http http, String path) {
    return Page.of(http.getAsAdmin(path));
  }

  /** A page for somebody who sees this domain alone. */
  static Page asReaderOf(Http http, String domain, String path) {
    return Page.of(http.get(path, "Authorization", "Bearer " + token(http, domain)));
  }

  static String token(Http http, String domain) {
    var made =
        http.post(
            "/v1/tokens",
            "{\"name\":\"x\",\"scope\":\"read\",\"domains\":[\"" + domain + "\"]}",
            "Authorization",
            Http.basic("admin", "a password for tests"));
    assertThat(made.status()).isEqualTo(201);
    return made.json().get("token").asString();
  }
}
