package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;
import org.tlsrpt.collector.testing.RawHttp;

/** Pages of other sites: two are configured here, {@code StrangerTest} is about none. */
@UnusualSettings
class CrossOriginTest {

  private static final String ALLOWED = "access-control-allow-origin";

  @Autowired Http http;

  @ParameterizedTest
  @ValueSource(strings = {"https://grafana.example.net", "http://localhost:3000"})
  void mayReadWhereTheyAreNamed(String origin) throws Exception {
    var asked = preflight(origin, "GET");
    assertThat(RawHttp.status(asked)).isEqualTo(200);
    assertThat(asked.toLowerCase(java.util.Locale.ROOT))
        .contains(ALLOWED + ": " + origin)
        .contains("access-control-allow-headers: authorization")
        .contains("access-control-allow-methods: get,head")
        .doesNotContain("allow-credentials");

    var answer = read(origin);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(ALLOWED)).isEqualTo(origin);
    assertThat(answer.header("access-control-expose-headers")).contains("Link", "ETag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://grafana.example.net",
        "https://grafana.example.net:8443",
        "https://grafana.example.net.evil.example",
        "null",
        "*"
      })
  void mayNotWhereTheyAreNot(String origin) throws Exception {
    var asked = preflight(origin, "GET");
    assertThat(asked.toLowerCase(java.util.Locale.ROOT)).doesNotContain(ALLOWED);
    assertThat(read(origin).header(ALLOWED)).isEmpty();
  }

  @Test
  void mayChangeNothing() throws Exception {
    for (var method : new String[] {"POST", "DELETE", "PATCH", "PUT"}) {
      assertThat(RawHttp.status(preflight("https://grafana.example.net", method)))
          .as(method)
          .isEqualTo(403);
    }
    var answer =
        http.send(
            "POST",
            "/v1/tokens",
            BodyPublishers.ofString("{}"),
            "Authorization",
            Http.basic("admin", "a password for tests"),
            "Origin",
            "https://grafana.example.net");
    assertThat(answer.status()).isEqualTo(403);
  }

  private Answer read(String origin) {
    return http.get(
        "/v1/me", "Authorization", Http.basic("admin", "a password for tests"), "Origin", origin);
  }

  private String preflight(String origin, String method) throws Exception {
    var request =
        """
        OPTIONS /v1/me HTTP/1.1\r
        Host: collector.example\r
        Origin: %s\r
        Access-Control-Request-Method: %s\r
        Access-Control-Request-Headers: authorization\r
        Connection: close\r
        \r
        """
            .formatted(origin, method);
    try (var connection = RawHttp.connect(http.port())) {
      return connection.send(request).readToEnd();
    }
  }
}
