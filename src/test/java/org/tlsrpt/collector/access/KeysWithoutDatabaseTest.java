package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.tlsrpt.collector.testing.FaultProxy;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.ProxiedDatabase;

/** With the database away nobody can tell a token; the account of the configuration works. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "management.server.address=127.0.0.1",
      "server.address=127.0.0.1",
      "spring.datasource.hikari.connection-timeout=1000",
      "tlsrpt.intake.spool-directory=target/spool-${random.uuid}",
      "tlsrpt.admin.password=for tests"
    })
@Import({ProxiedDatabase.class, Http.class})
class KeysWithoutDatabaseTest {

  @Autowired Http http;
  @Autowired FaultProxy proxy;

  @AfterEach
  void repair() {
    proxy.pass();
  }

  @Test
  void onlyTheConfiguredAccountLogsIn() {
    var admin = As.user(http, "admin", "for tests");
    var made = admin.post("/v1/tokens", "{\"name\":\"x\",\"scope\":\"read\"}");
    var holder = As.token(http, made.json().get("token").asString());
    admin.post(
        "/v1/users", "{\"name\":\"alice\",\"password\":\"correct horse\",\"scope\":\"read\"}");
    var alice = As.user(http, "alice", "correct horse");
    assertThat(holder.get("/v1/me").status()).isEqualTo(200);
    assertThat(alice.get("/v1/me").status()).isEqualTo(200);

    proxy.cut();

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertUnavailable(holder.get("/v1/me"));
              assertUnavailable(alice.get("/v1/me"));
            });
    assertThat(admin.get("/v1/me").status()).isEqualTo(200);
    assertThat(admin.get("/v1/tokens").status()).isEqualTo(503);
    assertThat(As.user(http, "admin", "wrong").get("/v1/me").status()).isEqualTo(401);
    assertThat(health(Http.basic("admin", "for tests"))).contains("components").contains("DOWN");

    proxy.pass();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> holder.get("/v1/me").status() == 200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> alice.get("/v1/me").status() == 200);
  }

  /** Nothing says that a database hangs; a login must not wait for it for long. */
  @Test
  void aDatabaseThatHangsIsTakenForOneThatIsAway() {
    proxy.stall();
    try {
      assertUnavailable(
          As.token(http, "tlsr_" + "0".repeat(32) + "_" + "0".repeat(64)).get("/v1/me"));
      assertThat(As.user(http, "admin", "for tests").get("/v1/me").status()).isEqualTo(200);
    } finally {
      proxy.cut();
    }
  }

  private static void assertUnavailable(Http.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("30");
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.text()).doesNotContain("SQL").doesNotContain("jdbc");
  }

  private String health(String authorization) {
    return http.sendToManagement("GET", "/actuator/health", "Authorization", authorization).text();
  }
}
