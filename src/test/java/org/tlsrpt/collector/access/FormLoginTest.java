package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;

/** People log in by a form, and out again. */
@CollectorTest
class FormLoginTest {

  private static final String PASSWORD = "a password for tests";
  private static final String CHECK = "/record/check";

  @Autowired Http http;
  @Autowired Users users;

  @ParameterizedTest
  @CsvSource({
    "/record/check, /record/check",
    "/record/check?domain=a.example&mx=true, /record/check?domain=a.example&mx=true",
    "'', /",
    "https://evil.example/, /",
    "//evil.example/, /",
    "/\\evil.example/, /",
    "/a b, /",
    "javascript:alert(1), /",
    "/login?out, /",
  })
  void leadsBackToAPageOfOurs(String next, String location) {
    var in = logIn("admin", PASSWORD, next);

    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("location")).isEqualTo(location);
  }

  @Test
  void isRememberedByASessionCookieThatScriptsAndOtherSitesCannotUse() {
    var cookie = logIn("admin", PASSWORD, "/").header("set-cookie");

    assertThat(cookie).startsWith("JSESSIONID=").contains("HttpOnly").contains("SameSite=Lax");
    assertThat(cookie).doesNotContain("Max-Age").doesNotContain("Expires");
    var session = nameAndValue(cookie);
    assertThat(page(session).status()).isEqualTo(200);
    assertThat(http.get("/v1/reports", "Cookie", session).status()).isEqualTo(200);
  }

  @Test
  void takesTheSessionOfNobodyForItsOwn() {
    var first = nameAndValue(logIn("admin", PASSWORD, "/").header("set-cookie"));
    var again = post("/login", form("admin", PASSWORD, "/"), "Cookie", first);

    assertThat(nameAndValue(again.header("set-cookie"))).isNotEqualTo(first);
    assertThat(page(first).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"admin, wrong", "nobody, a password for tests", "'', ''"})
  void saysNothingOfWhatIsWrong(String name, String password) {
    var refused = logIn(name, password, "/record/check");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text())
        .contains("The user name or the password is wrong.")
        .contains("value=\"/record/check\"");
    assertThat(refused.header("set-cookie")).isEmpty();
    assertThat(refused.header("www-authenticate")).doesNotContain("Basic");
  }

  @Test
  void readsNoLargeForm() {
    var large = post("/login", form("admin", "x".repeat(10_000), "/"));

    assertThat(large.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/logout"})
  void isNothingForPagesOfOtherSites(String path) {
    var session = session("admin", PASSWORD);
    var answer =
        post(path, form("admin", PASSWORD, "/"), "Sec-Fetch-Site", "cross-site", "Cookie", session);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(page(session).status()).isEqualTo(200);
  }

  @Test
  void endsByLoggingOut() {
    var session = session("admin", PASSWORD);
    assertThat(http.get("/logout", "Cookie", session).status()).isEqualTo(404);
    var out = post("/logout", "", "Cookie", session, "Accept", "text/html");

    assertThat(out.status()).isEqualTo(303);
    assertThat(out.header("location")).isEqualTo("/login?out");
    assertThat(http.get("/login?out").text()).contains("You are logged out.");
    assertThat(page(session).status()).isEqualTo(401);
  }

  @Test
  void endsWithTheAccount() {
    make("carol", Scope.READ);
    var session = session("carol", PASSWORD);
    assertThat(page(session).status()).isEqualTo(200);

    users.delete("carol", "a test");

    assertThat(page(session).status()).isEqualTo(401);
  }

  @Test
  void endsWithThePassword() {
    make("dave", Scope.READ);
    var session = session("dave", PASSWORD);

    users.change("dave", new Users.Change("another password", null, null), "a test");

    assertThat(page(session).status()).isEqualTo(401);
    assertThat(page(session("dave", "another password")).status()).isEqualTo(200);
  }

  @Test
  void mayDoWhatTheAccountMayNow() {
    make("erin", Scope.ADMIN);
    var session = session("erin", PASSWORD);
    assertThat(http.get("/v1/tokens", "Cookie", session).status()).isEqualTo(200);

    users.change(
        "erin",
        new Users.Change(null, Scope.READ, new Users.Limit(List.of("a.example"))),
        "a test");

    assertThat(http.get("/v1/tokens", "Cookie", session).status()).isEqualTo(403);
    assertThat(http.get("/v1/me", "Cookie", session).json().get("domains").toString())
        .isEqualTo("[\"a.example\"]");
  }

  /** The one that was idle longest makes room. */
  @Test
  void isOpenTenTimesForOneAccountAtMost() {
    make("frank", Scope.READ);
    var sessions = new ArrayList<String>();
    for (int more = 0; more < 11; more++) {
      sessions.add(session("frank", PASSWORD));
    }

    assertThat(sessions.stream().filter(session -> page(session).status() == 200)).hasSize(10);
  }

  private void make(String name, Scope scope) {
    users.delete(name, "a test");
    users.make(new Users.Wish(name, PASSWORD, scope, null), "a test");
  }

  private Answer page(String session) {
    return http.get(CHECK, "Cookie", session);
  }

  private String session(String name, String password) {
    return nameAndValue(logIn(name, password, "/").header("set-cookie"));
  }

  private Answer logIn(String name, String password, String next) {
    return post("/login", form(name, password, next));
  }

  private Answer post(String path, String form, String... headers) {
    var all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/x-www-form-urlencoded";
    return http.send("POST", path, BodyPublishers.ofString(form), all);
  }

  private static String form(String name, String password, String next) {
    return "username="
        + encoded(name)
        + "&password="
        + encoded(password)
        + "&next="
        + encoded(next);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String nameAndValue(String cookie) {
    return cookie.substring(0, cookie.indexOf(';'));
  }
}
