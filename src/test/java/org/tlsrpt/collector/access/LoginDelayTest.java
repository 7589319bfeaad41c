package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** Guessing passwords is slow for whoever guesses, and for nobody else. */
@CollectorTest
@ExtendWith(OutputCaptureExtension.class)
class LoginDelayTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String PASSWORD = "correct horse battery";

  @Autowired Http http;

  private final String name = "guessed" + NUMBER.incrementAndGet();

  @Test
  void answersWhoGuessesWithAPauseAndNeverSaysWhetherTheAccountExists(CapturedOutput output) {
    make();

    assertThat(guess(name)).isEqualTo(guess("nobody-" + name));
    assertThat(output.getAll())
        .doesNotContain("guess 1")
        .doesNotContain("RefusedLogin")
        .doesNotContain("nobody-" + name);
  }

  @Test
  void letsScriptsThatLoggedInBeforeGoOn() {
    make();
    var script = As.user(http, name, PASSWORD);
    assertThat(script.get("/v1/me").status()).isEqualTo(200);

    guess(name);

    assertThat(script.get("/v1/me").status()).isEqualTo(200);
    assertThat(As.admin(http).get("/v1/me").status()).isEqualTo(200);
  }

  @Test
  void countsWhatBecameOfLogins() {
    var before = refusals();

    As.user(http, name, "wrong").get("/v1/me");
    As.user(http, name, "wrong again").get("/v1/me");

    assertThat(refusals() - before).isEqualTo(2);
  }

  private void make() {
    As.admin(http)
        .post(
            "/v1/users",
            "{\"name\":\"%s\",\"password\":\"%s\",\"scope\":\"read\"}".formatted(name, PASSWORD));
  }

  /** Another password each time, until told to wait. */
  private String guess(String account) {
    var seen = new ArrayList<String>();
    for (var i = 0; i < 40; i++) {
      var answer = As.user(http, account, "guess " + i).get("/v1/me");
      if (answer.status() == 429) {
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 6);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.header("www-authenticate")).isEmpty();
        return seen.getFirst() + " then " + answer.text();
      }
      assertThat(answer.status()).isEqualTo(401);
      seen.add(answer.text());
    }
    return "never";
  }

  private double refusals() {
    return http.sendToManagement(
            "GET",
            "/actuator/prometheus",
            "Authorization",
            Http.basic("admin", "a password for tests"))
        .text()
        .lines()
        .filter(line -> line.startsWith("tlsrpt_logins_total{") && line.contains("wrong-password"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
