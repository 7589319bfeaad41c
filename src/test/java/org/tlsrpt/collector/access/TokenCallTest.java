package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import tools.jackson.databind.JsonNode;

/** Bearer tokens, from the call that makes one to the call that no longer takes it. */
@CollectorTest
@ExtendWith(OutputCaptureExtension.class)
class TokenCallTest {

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;

  @Test
  void makesATokenThatOpensTheQueriesAndIsShownOnce(CapturedOutput output) {
    var answer = make("{\"name\":\" Grafana \",\"scope\":\"read\"}");
    var made = answer.json();
    var text = made.get("token").asString();

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("location")).isEqualTo("/v1/tokens/" + id(made));
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(text).matches("tlsr_[0-9a-f]{32}_[0-9a-f]{64}");
    assertThat(text).contains(id(made).replace("-", ""));
    assertThat(made.get("name").asString()).isEqualTo("Grafana");
    assertThat(made.get("createdBy").asString()).isEqualTo("admin");
    assertThat(made.get("domains").isNull()).isTrue();
    assertThat(made.get("expiresAt").isNull()).isTrue();

    assertThat(As.token(http, text).get("/v1/reports").status()).isEqualTo(200);
    var secret = text.substring(text.lastIndexOf('_') + 1);
    assertThat(admin().get("/v1/tokens").text()).doesNotContain(secret);
    assertThat(admin().get("/v1/tokens/" + id(made)).text()).doesNotContain(secret);
    assertThat(output.getAll()).contains(id(made)).doesNotContain(secret);
  }

  @Test
  void keepsNothingThatOpensAnything() {
    var text = make("{\"name\":\"x\",\"scope\":\"admin\"}").json().get("token").asString();
    var secret = text.substring(text.lastIndexOf('_') + 1);

    assertThat(jdbc.queryForList("select t::text from token t", String.class))
        .isNotEmpty()
        .noneMatch(row -> row.contains(secret));
  }

  @Test
  void tellsWhoseTokenItIs() {
    var text =
        make("""
                {"name":"mail team","scope":"read","expiresAt":"2999-01-01T00:00:00+01:00",
                 "domains":["Example.COM.","bücher.example","example.com"]}
                """)
            .json()
            .get("token")
            .asString();

    assertThat(As.token(http, text).get("/v1/me").text())
        .isEqualTo(
            """
            {"name":"mail team","kind":"token","scope":"read",\
            "domains":["example.com","xn--bcher-kva.example"],\
            "expiresAt":"2998-12-31T23:00:00Z"}""");
  }

  @Test
  void takesNoTokenAnyMoreOnceItIsRevoked() {
    var made = make("{\"name\":\"x\",\"scope\":\"read\"}").json();
    var holder = As.token(http, made.get("token").asString());
    assertThat(holder.get("/v1/me").status()).isEqualTo(200);

    assertThat(admin().delete("/v1/tokens/" + id(made)).status()).isEqualTo(204);

    var replayed = holder.get("/v1/me");
    assertThat(replayed.status()).isEqualTo(401);
    assertThat(replayed.header("www-authenticate")).contains("error=\"invalid_token\"");
    assertThat(replayed.json().get("detail").asString()).isEqualTo("This token was revoked.");
    assertThat(admin().delete("/v1/tokens/" + id(made)).status()).isEqualTo(204);
    assertThat(admin().get("/v1/tokens/" + id(made)).json().get("revokedAt").isNull()).isFalse();
  }

  @Test
  void takesNoTokenThatHasExpired() {
    var made = make("{\"name\":\"x\",\"scope\":\"read\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}");
    var id = UUID.fromString(id(made.json()));
    jdbc.update("update token set expires_at = now() - interval '1 second' where id = ?", id);

    var answer = As.token(http, made.json().get("token").asString()).get("/v1/me");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().get("detail").asString()).isEqualTo("This token has expired.");
  }

  @Test
  void takesNothingThatIsOnlyNearlyAToken() {
    var text = make("{\"name\":\"x\",\"scope\":\"read\"}").json().get("token").asString();
    var other = make("{\"name\":\"y\",\"scope\":\"read\"}").json().get("token").asString();
    var secretOfOther = other.substring(other.lastIndexOf('_'));
    var last = text.charAt(text.length() - 1);

    for (var wrong :
        List.of(
            text.substring(0, text.length() - 1),
            text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0'),
            text + "0",
            text.toUpperCase(java.util.Locale.ROOT),
            text.substring(5),
            text.substring(0, text.lastIndexOf('_')) + secretOfOther,
            text.replace('_', '-'),
            "tlsr_",
            "tlsr_" + "0".repeat(32) + "_" + "0".repeat(64),
            "eyJhbGciOiJub25lIn0.eyJzY29wZSI6InRsc3JwdC5hZG1pbiJ9.")) {
      var answer = As.token(http, wrong).get("/v1/me");
      assertThat(answer.status()).as(wrong).isEqualTo(401);
      assertThat(answer.text()).doesNotContain(wrong).doesNotContain("revoked");
    }
  }

  /** Query strings stand in the logs of proxies. */
  @Test
  void takesNoTokenFromAQueryString() {
    var text = make("{\"name\":\"x\",\"scope\":\"read\"}").json().get("token").asString();

    assertThat(http.get("/v1/me?access_token=" + text).status()).isEqualTo(401);
    assertThat(http.get("/v1/me?token=" + text).status()).isEqualTo(401);
  }

  @Test
  void listsNewestFirstAndPageByPage() {
    var ids = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      ids.addFirst(id(make("{\"name\":\"page\",\"scope\":\"read\"}").json()));
    }

    var first = admin().get("/v1/tokens?limit=2");
    var second = admin().get(next(first));
    var third = admin().get(next(second));

    assertThat(List.of(first, second, third))
        .flatExtracting(page -> idsOf(page.json()))
        .startsWith(ids.toArray(new String[0]));
  }

  @Test
  void endsTheListOnItsLastPage() {
    make("{\"name\":\"x\",\"scope\":\"read\"}");

    var all = admin().get("/v1/tokens?limit=1000");

    assertThat(all.json().get("next").isNull()).isTrue();
    assertThat(all.header("link")).isEmpty();
  }

  @Test
  void letsAnAdministratorsTokenMakeTokens() {
    var admin = make("{\"name\":\"deploy\",\"scope\":\"admin\"}").json().get("token").asString();

    var made =
        As.token(http, admin).post("/v1/tokens", "{\"name\":\"x\",\"scope\":\"read\"}").json();

    assertThat(made.get("createdBy").asString()).isEqualTo("token deploy");
  }

  @Test
  void opensMetricsToReadersOfEverythingAndNothingMoreAtTheManagementPort() {
    var reader = bearer("{\"name\":\"x\",\"scope\":\"read\"}");
    var limited = bearer("{\"name\":\"x\",\"scope\":\"read\",\"domains\":[\"example.com\"]}");

    assertThat(management("/actuator/prometheus", reader)).isEqualTo(200);
    assertThat(management("/actuator/prometheus", limited)).isEqualTo(403);
    assertThat(management("/actuator", reader)).isEqualTo(403);
    assertThat(http.sendToManagement("GET", "/actuator/health", "Authorization", reader).text())
        .doesNotContain("components");
  }

  @Test
  void forgetsTokensNinetyDaysAfterTheyEnded() {
    var old = id(make("{\"name\":\"old\",\"scope\":\"read\"}").json());
    var young = id(make("{\"name\":\"young\",\"scope\":\"read\"}").json());
    revokedAgo(old, Duration.ofDays(91));
    revokedAgo(young, Duration.ofDays(89));

    make("{\"name\":\"new\",\"scope\":\"read\"}");

    assertThat(admin().get("/v1/tokens/" + old).status()).isEqualTo(404);
    assertThat(admin().get("/v1/tokens/" + young).status()).isEqualTo(200);
  }

  private void revokedAgo(String id, Duration ago) {
    Instant then = clock.instant().minus(ago);
    jdbc.update(
        "update token set revoked_at = ?::timestamptz where id = ?::uuid", then.toString(), id);
  }

  private int management(String path, String authorization) {
    return http.sendToManagement("GET", path, "Authorization", authorization).status();
  }

  private String bearer(String json) {
    return "Bearer " + make(json).json().get("token").asString();
  }

  private Http.Answer make(String json) {
    return admin().post("/v1/tokens", json);
  }

  private As admin() {
    return As.admin(http);
  }

  private static String id(JsonNode token) {
    return token.get("id").asString();
  }

  private static List<String> idsOf(JsonNode page) {
    return page.get("items").valueStream().map(TokenCallTest::id).toList();
  }

  private static String next(Http.Answer page) {
    var link = page.header("link");
    assertThat(link).contains("cursor=" + page.json().get("next").asString());
    return link.substring(1, link.indexOf('>'));
  }
}
