package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** People change their own passwords, and nobody else's. */
@CollectorTest
@ExtendWith(OutputCaptureExtension.class)
class OwnPasswordTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String PATH = "/v1/me/password";
  private static final String OLD = "correct horse battery";
  private static final String NEW = "another horse altogether";

  @Autowired Http http;
  @Autowired Tokens tokens;
  @Autowired Users users;

  private final String name = "own" + NUMBER.incrementAndGet();

  @BeforeEach
  void makeAccount() {
    As.admin(http)
        .post(
            "/v1/users",
            "{\"name\":\"%s\",\"password\":\"%s\",\"scope\":\"read\"}".formatted(name, OLD));
  }

  @Test
  void takesTheNewOneAtOnceAndTheOldOneNoMore(CapturedOutput output) {
    var answer = as(OLD).put(PATH, body(OLD, NEW));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(204);
    assertThat(as(OLD).get("/v1/me").status()).isEqualTo(401);
    assertThat(as(NEW).get("/v1/me").json().get("scope")).hasToString("\"read\"");
    assertThat(output.getAll()).contains(name).doesNotContain(OLD).doesNotContain(NEW);
  }

  @Test
  void asksForTheOldOneAlthoughItCameWithTheCall() {
    var answer = as(OLD).put(PATH, body("wrong horse battery", NEW));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().get("parameter").asString()).isEqualTo("old");
    assertThat(as(OLD).get("/v1/me").status()).isEqualTo(200);
  }

  @Test
  void isAsSlowToGuessAtAsALogin() {
    assertThat(as(OLD).get("/v1/me").status()).isEqualTo(200);
    var guess = 0;
    var answer = as(OLD).put(PATH, body("guess " + guess, NEW));
    while (answer.status() == 422 && guess < 40) {
      answer = as(OLD).put(PATH, body("guess " + ++guess, NEW));
    }

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 6);
    assertThat(as(OLD).get("/v1/me").status()).as("its owner goes on").isEqualTo(200);
  }

  /** An administrator may have set another one since it was looked up. */
  @Test
  void neverReplacesAPasswordThatWasNotCompared() {
    var compared = users.forLogin(name, () -> {}).orElseThrow().password();
    As.admin(http).patch("/v1/users/" + name, "{\"password\":\"set by somebody else\"}");

    assertThat(users.replacePassword(name, compared, NEW)).isFalse();
    assertThat(as("set by somebody else").get("/v1/me").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"old":"correct horse battery","new":"short"}                           | 422 | new
          {"old":"correct horse battery","new":"correct horse battery"}           | 422 | new
          {"old":"correct horse battery"}                                         | 422 | new
          {"new":"another horse altogether"}                                      | 422 | old
          {"old":null,"new":"another horse altogether"}                           | 422 | old
          {"old":"correct horse battery","new":1}                                 | 422 | new
          {"old":"correct horse battery","new":"another horse","name":"admin"}    | 422 | name
          []                                                                      | 400 |
          """)
  void refusesWhatNobodyCouldMean(String body, int status, String member) {
    var answer = as(OLD).put(PATH, body);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    if (member != null) {
      assertThat(answer.json().get("parameter").asString()).isEqualTo(member);
    }
    assertThat(as(OLD).get("/v1/me").status()).isEqualTo(200);
  }

  @Test
  void isNothingForKeysWithoutAPasswordOfTheirOwn() {
    var token = tokens.make(new Tokens.Wish("for tests", Scope.ADMIN, null, null), "a test");

    for (var key : List.of(As.admin(http), As.token(http, token.text()))) {
      var answer = key.put(PATH, body("a password for tests", NEW));

      assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
    }
    assertThat(As.admin(http).get("/v1/me").status()).isEqualTo(200);
  }

  private As as(String password) {
    return As.user(http, name, password);
  }

  private static String body(String old, String wanted) {
    return "{\"old\":\"%s\",\"new\":\"%s\"}".formatted(old, wanted);
  }
}
