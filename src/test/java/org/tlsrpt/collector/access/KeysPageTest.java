package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;

/** Tokens and accounts in a browser. */
@CollectorTest
class KeysPageTest {

  private static final String PASSWORD = "a password for tests";

  @Autowired Http http;
  @Autowired Users users;

  @Test
  void makesATokenShowsItOnceAndRevokesIt() {
    var made = post("/tokens", "name=Grafana&scope=read&domains=B.example%2C+a.example&expires=");
    var token = Jsoup.parse(made.text()).select("#made-token").text();

    assertThat(made.header("cache-control")).contains("no-store");
    var me = http.get("/v1/me", "Authorization", "Bearer " + token).json();
    assertThat(me.get("domains").toString()).isEqualTo("[\"a.example\",\"b.example\"]");
    var list = http.getAsAdmin("/tokens");
    assertThat(list.text()).contains("Grafana").doesNotContain(token.substring(45));
    var revoke = Jsoup.parse(list.text()).select("form[action$=/revoke]").first().attr("action");

    assertThat(post(revoke, "").header("location")).isEqualTo("/tokens");
    assertThat(http.get("/v1/me", "Authorization", "Bearer " + token).status()).isEqualTo(401);
  }

  @Test
  void saysWhatIsWrongWithAWish() {
    var refused = post("/tokens", "name=%20&scope=read");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(Jsoup.parse(refused.text()).select(".verdict.error").text())
        .contains("name must not be empty.");
    assertThat(post("/tokens", "name=x&scope=admin&domains=a.example").status()).isEqualTo(422);
    assertThat(post("/tokens", "name=x&scope=king").status()).isEqualTo(422);
    assertThat(post("/tokens", "name=x&expires=soon").status()).isEqualTo(422);
    assertThat(post("/users", "name=x&password=short").status()).isEqualTo(422);
    assertThat(post("/tokens/x/revoke", "").status()).isEqualTo(404);
    assertThat(post("/users/nobody/delete", "").status()).isEqualTo(404);
  }

  @Test
  void makesChangesAndDeletesAnAccount() {
    users.delete("grace", "a test");
    var form = "name=grace&password=a+password+for+tests&scope=read&domains=";
    assertThat(post("/users", form).header("location")).isEqualTo("/users");
    assertThat(post("/users", form).status()).isEqualTo(422);
    assertThat(http.getAsAdmin("/users").text()).contains("grace");

    assertThat(post("/users/grace/password", "password=another+password").status()).isEqualTo(303);
    assertThat(As.user(http, "grace", PASSWORD).get("/v1/me").status()).isEqualTo(401);
    assertThat(As.user(http, "grace", "another password").get("/v1/me").status()).isEqualTo(200);

    assertThat(post("/users/grace/delete", "").status()).isEqualTo(303);
    assertThat(users.find("grace")).isEmpty();
  }

  private Answer post(String path, String form) {
    return http.send(
        "POST",
        path,
        BodyPublishers.ofString(form),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Authorization",
        Http.basic("admin", PASSWORD));
  }
}
