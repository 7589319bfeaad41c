package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** Tokens nobody could mean are not made, and the answer names what is wrong. */
@CollectorTest
class TokenRefusalTest {

  private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

  @Autowired Http http;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit=0                  | limit
          limit=1001               | limit
          limit=x                  | limit
          limit=1&limit=2          | limit
          cursor=x                 | cursor
          cursor=00000000-0000-4000-8000-000000000000 | cursor
          domain=example.com       | domain
          """)
  void refusesAListAskedForWrongly(String query, String parameter) {
    var answer = admin().get("/v1/tokens?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"scope":"read"}                                                         | name
          {"name":null,"scope":"read"}                                             | name
          {"name":" ","scope":"read"}                                              | name
          {"name":"a\\nb","scope":"read"}                                          | name
          {"name":"a\\u202eb","scope":"read"}                                      | name
          {"name":1,"scope":"read"}                                                | name
          {"name":"x"}                                                             | scope
          {"name":"x","scope":"write"}                                             | scope
          {"name":"x","scope":"READ"}                                              | scope
          {"name":"x","scope":["read"]}                                            | scope
          {"name":"x","scope":"read","domain":"example.com"}                       | domain
          {"name":"x","scope":"read","expires":"2999-01-01T00:00:00Z"}             | expires
          {"name":"x","scope":"read","id":"1"}                                     | id
          {"name":"x","scope":"read","domains":[]}                                 | domains
          {"name":"x","scope":"read","domains":"example.com"}                      | domains
          {"name":"x","scope":"read","domains":[1]}                                | domains
          {"name":"x","scope":"read","domains":["*.example.com"]}                  | domains
          {"name":"x","scope":"read","domains":["example.com","a b"]}              | domains
          {"name":"x","scope":"read","domains":[""]}                               | domains
          {"name":"x","scope":"admin","domains":["example.com"]}                   | domains
          {"name":"x","scope":"read","expiresAt":"tomorrow"}                       | expiresAt
          {"name":"x","scope":"read","expiresAt":"2020-01-01T00:00:00Z"}           | expiresAt
          {"name":"x","scope":"read","expiresAt":"+999999999-01-01T00:00:00Z"}     | expiresAt
          {"name":"x","scope":"read","expiresAt":"infinity"}                       | expiresAt
          {"name":"x","scope":"read","expiresAt":4102444800}                       | expiresAt
          """)
  void refusesATokenNobodyCouldMeanAndNamesTheMember(String body, String member) {
    var answer = make(body);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(member);
    assertThat(answer.json().get("detail").asString()).startsWith("Member '" + member + "' ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"name\":\"x\",\"scope\":\"read\"} {}",
        "{\"name\":\"x\",\"scope\":\"read\",\"scope\":\"admin\"}",
        "name=x&scope=read"
      })
  void refusesABodyThatIsNoObject(String body) {
    assertThat(make(body).status()).isEqualTo(400);
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(make("{\"name\":\"" + "é".repeat(100) + "\",\"scope\":\"read\"}").status())
        .isEqualTo(201);
    assertThat(make("{\"name\":\"" + "é".repeat(101) + "\",\"scope\":\"read\"}").status())
        .isEqualTo(422);
    assertThat(make("{\"name\":\"" + "x".repeat(70_000) + "\"}").status()).isEqualTo(413);
    assertThat(make("[".repeat(60_000)).status()).isEqualTo(400);
    var unknown = make("{\"" + "x".repeat(40_000) + "\":1}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text()).hasSizeLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {UNKNOWN, "1-1-1-1-1", "x", "%27"})
  void knowsNoOtherToken(String id) {
    assertThat(admin().get("/v1/tokens/" + id).status()).isEqualTo(404);
    assertThat(admin().delete("/v1/tokens/" + id).status()).isEqualTo(404);
  }

  private Http.Answer make(String json) {
    return admin().post("/v1/tokens", json);
  }

  private As admin() {
    return As.admin(http);
  }
}
