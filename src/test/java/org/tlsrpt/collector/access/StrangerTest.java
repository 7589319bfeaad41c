package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** What somebody without a login meets; {@link AccessTableTest} has the paths. */
@CollectorTest
class StrangerTest {

  @Autowired Http http;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v2/reports",
        "/reports",
        "/logout",
        "/actuator",
        "/actuator/health",
        "/actuator/env",
        "/swagger-ui.html",
        "/swagger-ui/index.html",
        "/v3/api-docs/swagger-config",
        "/h2-console",
        "/v1/record/check"
      })
  void findsNothingElse(String path) {
    assertThat(http.get(path).status()).isIn(401, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/reports", "/v1/failures", "/v1/nothing"})
  void isAskedToLogInByAProblemDocumentAndNeverRedirected(String path) {
    var answer = http.get(path, "Accept", "text/html");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).startsWith("Basic");
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(401);
    assertThat(answer.header("set-cookie")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "admin, wrong",
    "admin, ''",
    "nobody, a password for tests",
    "'', a password for tests",
    "'', ''",
    "Admin, A password for tests",
    "%, a password for tests",
  })
  void isNotLetInWith(String user, String password) {
    var answer = http.get("/v1/reports", "Authorization", Http.basic(user, password));

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void isNotLetInWithANameNoDatabaseCouldHold() {
    for (var name : new String[] {"admin\0", "\0", "a".repeat(3_000), "\ud800", "' or 1=1 --"}) {
      var answer =
          http.get("/v1/reports", "Authorization", Http.basic(name, "a password for tests"));

      assertThat(answer.status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Basic YWRtaW4=", "Bearer x", "Digest x", "x"})
  void isNotLetInWithABrokenHeader(String authorization) {
    assertThat(http.get("/v1/reports", "Authorization", authorization).status()).isEqualTo(401);
  }

  @Test
  void seesThatTheServiceIsHealthyAndNoDetails() {
    var health = http.sendToManagement("GET", "/actuator/health");

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().get("status").asString()).isEqualTo("UP");
    assertThat(health.json().has("components")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator", "/actuator/metrics", "/actuator/info"})
  void seesNothingElseAtTheManagementPort(String path) {
    assertThat(http.sendToManagement("GET", path).status()).isEqualTo(401);
  }

  @Test
  void getsSecurityHeaders() {
    var answer = http.get("/v1/tlsrpt");

    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("content-security-policy")).contains("default-src 'none'");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.header("access-control-allow-origin")).isEmpty();
  }

  /** Deliveries do not pass the chains that set them. */
  @Test
  void getsTheSameSecurityHeadersWhenDelivering() {
    var explained = http.get("/v1/tlsrpt");
    var delivered = http.post("/v1/tlsrpt", "{}");

    assertThat(securityOf(delivered)).isEqualTo(securityOf(explained)).hasSize(8);
  }

  private static Map<String, List<String>> securityOf(Http.Answer answer) {
    var headers = new TreeMap<>(answer.response().headers().map());
    headers
        .keySet()
        .removeAll(
            List.of(
                "connection",
                "content-length",
                "content-type",
                "date",
                "keep-alive",
                "transfer-encoding",
                "vary"));
    return headers;
  }
}
