package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** The issuer may be away, also when the collector starts. */
@CollectorTest
class IssuerAwayTest {

  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.eA";

  private static int port;

  @Autowired Http http;

  @DynamicPropertySource
  static void nameAnIssuerThatIsNotThere(DynamicPropertyRegistry properties) throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    properties.add("tlsrpt.oidc.issuer", () -> "http://127.0.0.1:" + port);
    properties.add("tlsrpt.oidc.audience", () -> TestIssuer.AUDIENCE);
    properties.add("tlsrpt.oidc.client-id", () -> "collector");
    properties.add("tlsrpt.oidc.client-secret", () -> TestIssuer.secretOf("collector"));
  }

  @Test
  void onlyItsTokensAndLoginsHaveToWaitForIt() {
    assertThat(http.post("/v1/tlsrpt", "{\"report-id\":\"away\",\"policies\":[]}").status())
        .isEqualTo(201);
    assertThat(As.admin(http).get("/v1/reports").status()).isEqualTo(200);
    assertThat(As.token(http, "tlsr_x").get("/v1/reports").status()).isEqualTo(401);
    for (var answer :
        new Http.Answer[] {
          As.token(http, TOKEN).get("/v1/me"), http.get("/oauth2/authorization/oidc")
        }) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isNotEmpty();
      assertThat(answer.type()).startsWith("application/problem+json");
      assertThat(answer.text()).doesNotContain("127.0.0.1").doesNotContain("Exception");
    }

    try (var issuer = TestIssuer.start(port)) {
      var token = issuer.token("tlsrpt.read");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> As.token(http, token).get("/v1/reports").status() == 200);
      assertThat(http.get("/oauth2/authorization/oidc").status()).isEqualTo(302);
    }
  }
}
