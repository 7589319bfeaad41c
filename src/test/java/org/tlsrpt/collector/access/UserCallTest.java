package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** Accounts with a password. */
@CollectorTest
@ExtendWith(OutputCaptureExtension.class)
class UserCallTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER_PASSWORD = "Tröpfchen für Tröpfchen";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  private final String name = "user" + NUMBER.incrementAndGet() + "@example.com";

  @Test
  void makesAnAccountThatCanLogIn(CapturedOutput output) {
    var answer = make(name, "read", "null");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("location")).isEqualTo("/v1/users/" + name);
    assertThat(answer.json().get("createdBy").asString()).isEqualTo("admin");
    assertThat(as(PASSWORD).get("/v1/reports").status()).isEqualTo(200);
    assertThat(as(PASSWORD).get("/v1/me").text())
        .isEqualTo(
            """
            {"name":"%s","kind":"user","scope":"read","domains":null,"expiresAt":null}"""
                .formatted(name));
    assertThat(as(PASSWORD).get("/v1/users").status()).isEqualTo(403);
    assertThat(answer.text() + admin().get("/v1/users").text() + output.getAll())
        .contains(name)
        .doesNotContain(PASSWORD)
        .doesNotContain("bcrypt");
    assertThat(
            jdbc.queryForObject("select password from account where name = ?", String.class, name))
        .startsWith("{bcrypt}$2");
  }

  @Test
  void takesCapitalsInANameForSmallLetters() {
    make(name.toUpperCase(java.util.Locale.ROOT), "read", "null");

    assertThat(admin().get("/v1/users/" + name).status()).isEqualTo(200);
    assertThat(As.user(http, name.replace('u', 'U'), PASSWORD).get("/v1/me").json().get("name"))
        .hasToString("\"" + name + "\"");
  }

  @Test
  void takesAnotherPasswordAtOnceAndTheOldOneNoMore() {
    make(name, "read", "null");
    assertThat(as(PASSWORD).get("/v1/me").status()).isEqualTo(200);

    var changed = admin().patch("/v1/users/" + name, "{\"password\":\"" + OTHER_PASSWORD + "\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(as(PASSWORD).get("/v1/me").status()).isEqualTo(401);
    assertThat(as(OTHER_PASSWORD).get("/v1/me").status()).isEqualTo(200);
  }

  @Test
  void takesAnotherScopeAtOnce() {
    make(name, "admin", "null");
    assertThat(as(PASSWORD).get("/v1/users").status()).isEqualTo(200);

    admin().patch("/v1/users/" + name, "{\"scope\":\"read\"}");

    assertThat(as(PASSWORD).get("/v1/users").status()).isEqualTo(403);
  }

  @Test
  void limitsAnAccountToDomainsAndLiftsTheLimit() {
    make(name, "read", "[\"example.com\"]");
    assertThat(domains()).isEqualTo("[\"example.com\"]");
    assertThat(as(PASSWORD).get("/v1/quarantine").status()).isEqualTo(403);

    admin().patch("/v1/users/" + name, "{\"domains\":[\"b.example\",\"A.example\"]}");
    assertThat(domains()).isEqualTo("[\"a.example\",\"b.example\"]");

    admin().patch("/v1/users/" + name, "{\"password\":\"" + PASSWORD + "\"}");
    assertThat(domains()).isEqualTo("[\"a.example\",\"b.example\"]");

    admin().patch("/v1/users/" + name, "{\"domains\":null}");
    assertThat(domains()).isEqualTo("null");
    assertThat(as(PASSWORD).get("/v1/quarantine").status()).isEqualTo(200);
  }

  @Test
  void neverLimitsAnAdministrator() {
    assertThat(make(name, "admin", "[\"example.com\"]").status()).isEqualTo(422);

    make(name, "read", "[\"example.com\"]");
    var raised = admin().patch("/v1/users/" + name, "{\"scope\":\"admin\"}");

    assertThat(raised.status()).isEqualTo(422);
    assertThat(raised.json().get("parameter").asString()).isEqualTo("domains");
    assertThat(
            admin().patch("/v1/users/" + name, "{\"scope\":\"admin\",\"domains\":null}").status())
        .isEqualTo(200);
    assertThat(admin().patch("/v1/users/" + name, "{\"domains\":[\"example.com\"]}").status())
        .isEqualTo(422);
  }

  @Test
  void letsNobodyInOnceTheAccountIsDeleted() {
    make(name, "admin", "null");
    assertThat(as(PASSWORD).get("/v1/me").status()).isEqualTo(200);

    assertThat(admin().delete("/v1/users/" + name).status()).isEqualTo(204);

    assertThat(as(PASSWORD).get("/v1/me").status()).isEqualTo(401);
    assertThat(admin().delete("/v1/users/" + name).status()).isEqualTo(404);
    assertThat(admin().get("/v1/users/" + name).status()).isEqualTo(404);
    assertThat(admin().patch("/v1/users/" + name, "{}").status()).isEqualTo(404);
  }

  @Test
  void takesANameOnceAndNeverThatOfTheConfiguredAccount() {
    make(name, "read", "null");

    assertThat(make(name, "admin", "null").status()).isEqualTo(409);
    assertThat(make("Admin", "read", "null").status()).isEqualTo(409);
    assertThat(as(PASSWORD).get("/v1/users").status()).isEqualTo(403);
  }

  /** An account of the same name may have been there before the configuration named one. */
  @Test
  void letsTheConfiguredAccountInWhateverStandsInTheTable() {
    jdbc.update(
        """
        insert into account (name, password, scope, created_at, created_by)
        values ('admin', '{noop}shadow password', 'read', now(), 'a test')
        on conflict (name) do nothing
        """);

    assertThat(As.user(http, "ADMIN", "a password for tests").get("/v1/me").json().get("kind"))
        .hasToString("\"configured\"");
    assertThat(As.user(http, "admin", "shadow password").get("/v1/me").status()).isEqualTo(401);
    admin().delete("/v1/users/admin");
    assertThat(admin().get("/v1/me").status()).isEqualTo(200);
  }

  @Test
  void listsByNameAndPageByPage() {
    for (var letter : List.of("c", "a", "b")) {
      make("page-" + letter, "read", "null");
    }

    var first = admin().get("/v1/users?limit=2&cursor=page");
    var link = first.header("link");
    var second = admin().get(link.substring(1, link.indexOf('>')));

    assertThat(names(first)).containsExactly("page-a", "page-b");
    assertThat(names(second)).startsWith("page-c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "%00", "a%20b", "%C3%A9", ""})
  void refusesACursorThatIsNoName(String cursor) {
    assertThat(admin().get("/v1/users?cursor=" + cursor).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"password":"123456789012","scope":"read"}                            | name
          {"name":"","password":"123456789012","scope":"read"}                  | name
          {"name":"a b","password":"123456789012","scope":"read"}               | name
          {"name":"a:b","password":"123456789012","scope":"read"}               | name
          {"name":"a/b","password":"123456789012","scope":"read"}               | name
          {"name":"é","password":"123456789012","scope":"read"}                 | name
          {"name":"..","password":"123456789012","scope":"read"}                | name
          {"name":"a\\u0000","password":"123456789012","scope":"read"}          | name
          {"name":"x","scope":"read"}                                           | password
          {"name":"x","password":"12345678901","scope":"read"}                  | password
          {"name":"x","password":123456789012,"scope":"read"}                   | password
          {"name":"x","password":"123456789012"}                                | scope
          {"name":"x","password":"123456789012","scope":"root"}                 | scope
          {"name":"x","password":"123456789012","scope":"read","domains":[]}    | domains
          {"name":"x","password":"123456789012","scope":"read","roles":[]}      | roles
          """)
  void refusesAnAccountNobodyCouldMeanAndNamesTheMember(String body, String member) {
    var answer = admin().post("/v1/users", body);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(member);
    assertThat(answer.text()).doesNotContain("123456789012").doesNotContain("12345678901\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"other"}      | name
          {"password":null}     | password
          {"password":"short"}  | password
          {"scope":null}        | scope
          {"domains":[]}        | domains
          {"domains":["a b"]}   | domains
          """)
  void refusesAChangeNobodyCouldMean(String body, String member) {
    make(name, "read", "null");

    var answer = admin().patch("/v1/users/" + name, body);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(member);
  }

  /** BCrypt looks at 72 bytes: of two longer ones that begin alike it would take either. */
  @Test
  void takesNoPasswordThatCouldNotBeComparedWhole() {
    var longest = "é".repeat(36);
    assertThat(makeWith(longest).status()).isEqualTo(201);
    assertThat(as(longest).get("/v1/me").status()).isEqualTo(200);
    assertThat(as(longest + "x").get("/v1/me").status()).isEqualTo(401);

    var refused = admin().patch("/v1/users/" + name, "{\"password\":\"" + longest + "x\"}");
    assertThat(refused.status()).isEqualTo(422);
  }

  private Http.Answer makeWith(String password) {
    return admin()
        .post(
            "/v1/users",
            "{\"name\":\"%s\",\"password\":\"%s\",\"scope\":\"read\"}".formatted(name, password));
  }

  private Http.Answer make(String name, String scope, String domains) {
    return admin()
        .post(
            "/v1/users",
            "{\"name\":\"%s\",\"password\":\"%s\",\"scope\":\"%s\",\"domains\":%s}"
                .formatted(name, PASSWORD, scope, domains));
  }

  private String domains() {
    return as(PASSWORD).get("/v1/me").json().get("domains").toString();
  }

  private As as(String password) {
    return As.user(http, name, password);
  }

  private As admin() {
    return As.admin(http);
  }

  private static List<String> names(Http.Answer page) {
    return page.json().get("items").valueStream().map(user -> user.get("name").asString()).toList();
  }
}
