package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;

/** A browser logs in at the OpenID provider, step by step. */
@IssuerTest
class BrowserLoginTest {

  private static final String BEGIN = "/oauth2/authorization/oidc";

  @Autowired Http http;

  private final TestIssuer issuer = IssuerTest.Running.issuer();

  @AfterEach
  void forgetClaims() {
    issuer.setClaims("alice", Map.of());
  }

  @Test
  void isSentAwayWithStateNonceAndProofKey() {
    var away = http.get(BEGIN);

    assertThat(away.status()).isEqualTo(302);
    assertThat(away.header("location"))
        .startsWith(issuer.address() + "/oauth2/authorize?")
        .contains("response_type=code")
        .contains("client_id=collector")
        .contains("state=")
        .contains("nonce=")
        .contains("code_challenge_method=S256")
        .doesNotContain("secret");
    assertThat(away.header("set-cookie"))
        .startsWith("tlsrpt-login=")
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .contains("Path=/login");
  }

  @Test
  void comesBackAndMayDoWhatTheClaimsSay() {
    issuer.setClaims(
        "alice",
        Map.of(
            "tlsrpt_scope", "tlsrpt.read",
            "tlsrpt_domains", List.of("example.com"),
            "preferred_username", "Alice"));

    var session = logIn("alice");

    assertThat(http.get("/v1/me", "Cookie", session).text())
        .isEqualTo(
            """
            {"name":"Alice","kind":"oidc","scope":"read","domains":["example.com"],\
            "expiresAt":null}""");
    assertThat(http.get("/v1/reports", "Cookie", session).status()).isEqualTo(200);
    assertThat(http.get("/v1/quarantine", "Cookie", session).status()).isEqualTo(403);
    assertThat(http.get("/v1/tokens", "Cookie", session).status()).isEqualTo(403);
  }

  @Test
  void mayDoNothingIfTheClaimsSayNothing() {
    var session = logIn("bob");

    assertThat(http.get("/v1/me", "Cookie", session).json().get("scope").asString())
        .isEqualTo("none");
    assertThat(http.get("/v1/reports", "Cookie", session).status()).isEqualTo(403);
  }

  @Test
  void isRememberedByASessionCookieThatScriptsAndOtherSitesCannotUse() {
    var back = back("alice", begin());

    assertThat(back.status()).isEqualTo(302);
    assertThat(back.header("location")).endsWith(":" + http.port() + "/");
    assertThat(cookies(back, "JSESSIONID"))
        .singleElement()
        .asString()
        .contains("HttpOnly")
        .contains("SameSite=Lax");
  }

  @Test
  void canChangeThingsWithItsSessionButNoPageOfAnotherSiteCan() {
    issuer.setClaims("alice", Map.of("tlsrpt_scope", "tlsrpt.admin"));
    var session = logIn("alice");
    var wish = "{\"name\":\"made in a browser\",\"scope\":\"read\"}";

    var made = post("/v1/tokens", wish, "Cookie", session, "Sec-Fetch-Site", "same-origin");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().get("createdBy").asString()).isEqualTo("alice by OpenID");
    assertThat(post("/v1/tokens", wish, "Cookie", session, "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
    assertThat(
            post("/v1/tokens", wish, "Cookie", session, "Origin", "https://evil.example").status())
        .isEqualTo(403);
  }

  /** A key in the same request counts alone: neither adds its rights to the other. */
  @Test
  void isForgottenWhileAKeyIsShown() {
    issuer.setClaims("alice", Map.of("tlsrpt_scope", "tlsrpt.admin"));
    var session = logIn("alice");
    var limited =
        As.admin(http)
            .post("/v1/tokens", "{\"name\":\"x\",\"scope\":\"read\",\"domains\":[\"a.example\"]}")
            .json()
            .get("token")
            .asString();

    var both = get("/v1/me", "Cookie", session, "Authorization", "Bearer " + limited);
    assertThat(both.json().get("scope").asString()).isEqualTo("read");
    assertThat(both.json().get("domains").toString()).isEqualTo("[\"a.example\"]");
    assertThat(get("/v1/tokens", "Cookie", session, "Authorization", "Bearer " + limited).status())
        .isEqualTo(403);
    assertThat(get("/v1/me", "Cookie", session, "Authorization", "Bearer tlsr_x").status())
        .isEqualTo(401);
    assertThat(get("/v1/me", "Cookie", session, "Authorization", Http.basic("alice", "x")).status())
        .isEqualTo(401);
  }

  @Test
  void isNobodyAfterLoggingOut() {
    var session = logIn("alice");
    assertThat(http.get("/v1/me", "Cookie", session).status()).isEqualTo(200);

    assertThat(post("/logout", "", "Cookie", session, "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
    assertThat(http.get("/logout", "Cookie", session).status()).isEqualTo(404);
    assertThat(http.get("/v1/me", "Cookie", session).status()).isEqualTo(200);
    assertThat(post("/logout", "", "Cookie", session).status()).isEqualTo(204);

    assertThat(http.get("/v1/me", "Cookie", session).status()).isEqualTo(401);
  }

  /** Else an attacker could log somebody in as himself and read what they do. */
  @Test
  void isNotLoggedInByWhatAnotherBrowserBegan() {
    var answer = provider("alice", begin());

    var back = http.get(pathOf(answer));

    assertThat(back.status()).isEqualTo(401);
    assertThat(back.type()).startsWith("application/problem+json");
    assertThat(back.header("www-authenticate")).doesNotContain("Basic");
    assertThat(cookies(back, "JSESSIONID")).isEmpty();
  }

  @Test
  void isNotLoggedInTwiceByOneAnswer() {
    var begun = begin();
    var answer = provider("alice", begun);
    assertThat(http.get(pathOf(answer), "Cookie", begun.cookie()).status()).isEqualTo(302);

    assertThat(http.get(pathOf(answer), "Cookie", begun.cookie()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login/oauth2/code/oidc",
        "/login/oauth2/code/oidc?code=x&state=y",
        "/login/oauth2/code/oidc?error=access_denied&state=y",
        "/login/oauth2/code/oidc?error=%0D%0Afake&error_description=%3Cscript%3E&state=y",
      })
  void isNotLoggedInByAnAnswerNobodyAskedFor(String path) {
    var answer = http.get(path, "Cookie", begin().cookie());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text()).doesNotContain("script").doesNotContain("fake");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth2/authorization", "/oauth2/authorization/", "/oauth2/token"})
  void findsNothingElse(String path) {
    assertThat(http.get(path).status()).isEqualTo(404);
  }

  @Test
  void findsNoOtherProvider() {
    assertThat(http.get("/oauth2/authorization/google").status()).isIn(401, 404);
  }

  @Test
  void getsNoSessionBeforeItHasLoggedIn() {
    assertThat(cookies(http.get(BEGIN), "JSESSIONID")).isEmpty();
    assertThat(cookies(http.get("/v1/me"), "JSESSIONID")).isEmpty();
    assertThat(cookies(As.admin(http).get("/v1/me"), "JSESSIONID")).isEmpty();
  }

  /** Away to the provider, with the cookie that is needed on the way back. */
  private record Begun(URI away, String cookie) {}

  private Begun begin() {
    var away = http.get(BEGIN);
    return new Begun(URI.create(away.header("location")), nameAndValue(away.header("set-cookie")));
  }

  private String logIn(String user) {
    return nameAndValue(cookies(back(user, begin()), "JSESSIONID").getFirst());
  }

  private Answer back(String user, Begun begun) {
    return http.get(pathOf(provider(user, begun)), "Cookie", begun.cookie());
  }

  /** Where the provider sends the browser after its own login. */
  private static URI provider(String user, Begun begun) {
    var request =
        HttpRequest.newBuilder(begun.away())
            .header("Authorization", Http.basic(user, TestIssuer.USER_PASSWORD))
            .build();
    try (var browser = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = browser.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
      return URI.create(answer.headers().firstValue("location").orElseThrow());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pathOf(URI uri) {
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private Answer get(String path, String... headers) {
    return http.get(path, headers);
  }

  private Answer post(String path, String body, String... headers) {
    return http.send("POST", path, BodyPublishers.ofString(body), headers);
  }

  private static List<String> cookies(Answer answer, String name) {
    var cookies = new ArrayList<>(answer.response().headers().allValues("set-cookie"));
    cookies.removeIf(cookie -> !cookie.startsWith(name + "="));
    return cookies;
  }

  private static String nameAndValue(String cookie) {
    return cookie.substring(0, cookie.indexOf(';'));
  }
}
