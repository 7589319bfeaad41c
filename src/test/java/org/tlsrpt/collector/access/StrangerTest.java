package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** What somebody without a login can do: exactly what is named here. */
@CollectorTest
class StrangerTest {

  private static final Set<String> PUBLIC =
      Set.of(
          "/error",
          "/v1/tlsrpt",
          "/v1/tlsrpt/",
          "/v1/tlsrpt/{recipientDomain}",
          "/v1/tlsrpt/{recipientDomain}/",
          "/v1/record",
          "/v1/record/lint",
          "/v1/lint",
          "/record",
          "/record/lint");

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  @Autowired Http http;
  @Autowired List<RequestMappingHandlerMapping> mappings;

  @Test
  void isRefusedByEveryMappingThatIsNotNamedPublic() {
    var open = new TreeSet<String>();
    for (var path : paths()) {
      for (var method : METHODS) {
        var answer = http.send(method, filled(path), BodyPublishers.noBody());
        if (answer.status() != 401 && answer.status() != 404) {
          open.add(path);
        }
      }
    }

    assertThat(open).isSubsetOf(PUBLIC);
    assertThat(open).as("the walk found the public ones").contains("/v1/tlsrpt");
  }

  @Test
  void walksOverMappingsThatExist() {
    assertThat(paths())
        .containsAll(PUBLIC)
        .contains("/v1/reports", "/v1/reports/{id}", "/v1/reports/{id}/raw", "/v1/failures")
        .contains("/v1/quarantine/{id}/replay", "/v1/quarantine/replay")
        .contains("/v1/domains/{domain}", "/v1/organizations", "/v1/erasures/{id}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v2/reports",
        "/reports",
        "/login",
        "/logout",
        "/actuator",
        "/actuator/health",
        "/actuator/env",
        "/swagger-ui.html",
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
  })
  void isNotLetInWith(String user, String password) {
    var answer = http.get("/v1/reports", "Authorization", Http.basic(user, password));

    assertThat(answer.status()).isEqualTo(401);
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

  private Set<String> paths() {
    var paths = new TreeSet<String>();
    for (var mapping : mappings) {
      mapping.getHandlerMethods().keySet().forEach(info -> paths.addAll(info.getPatternValues()));
    }
    return paths;
  }

  private static String filled(String path) {
    return path.replace("{recipientDomain}", "example.com")
        .replaceAll("\\{[^}]+}", "00000000-0000-8000-8000-000000000000");
  }
}
