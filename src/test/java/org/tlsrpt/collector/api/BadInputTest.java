package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.RawHttp;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs type into queries by mistake or on purpose. */
@CollectorTest
class BadInputTest {

  private static final List<String> LISTS =
      List.of("/v1/reports?", "/v1/failures?", "/v1/summary?by=day&", "/v1/domains?");

  private static final List<String> TEXT_FILTERS =
      List.of("domain", "organization", "policyType", "resultType", "mx");

  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "'",
          "%",
          "_",
          "\\",
          "\"",
          "' OR 1=1--",
          "%' OR '%'='",
          "\\'; drop table report; --",
          "_xample.com",
          "%.com",
          "{}",
          "${x}",
          "#{x}",
          "*",
          "😀",
          "\u202e",
          "ﬀ",
          "a".repeat(1_000));

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired List<RequestMappingHandlerMapping> mappings;

  @BeforeEach
  void deliver() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    for (var i = 0; i < 2; i++) {
      var answer =
          http.post(
              "/v1/tlsrpt/example.com",
              """
              {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z",
               "end-datetime":"2026-03-01T23:59:59Z"},"report-id":"%s","policies":[
               {"policy":{"policy-type":"sts","policy-string":["mode: enforce"],
                 "policy-domain":"example.com"},
                "summary":{"total-successful-session-count":1,"total-failure-session-count":1},
                "failure-details":[{"result-type":"certificate-expired","failed-session-count":1,
                 "sending-mta-ip":"192.0.2.1","receiving-mx-hostname":"mx.example.com"}]}]}"""
                  .formatted(i));
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }
  }

  static Stream<String> refused() {
    return Stream.of(
        "from=yesterday",
        "to=tomorrow",
        "from=0000-01-01",
        "from=99999-01-01",
        "to=%2B99999-01-01",
        "from=-0001-01-01",
        "from=2026-02-30",
        "from=2026-3-1",
        "from=2026-03-01T00:00:00Z",
        "from=1969-12-31",
        "to=10000-01-01",
        "from=2026-03-02&to=2026-03-01",
        "from=2026-03-01&from=2026-03-02",
        "from=",
        "from=%00",
        "limit=0",
        "limit=-1",
        "limit=100000",
        "limit=1e2",
        "limit=",
        "sendingIp=300.1.1.1/99",
        "sendingIp=192.0.2.0/33",
        "sendingIp=192.0.2.1/24",
        "sendingIp=192.0.2.0/-1",
        "sendingIp=192.0.2.0/24/24",
        "sendingIp=2001:db8::/129",
        "sendingIp=localhost",
        "sendingIp=%27",
        "sendingIp=%25",
        "sendingIp=_",
        "sendingIp=%5C",
        "sendingIp=%00",
        "mode=strict",
        "mode=%27",
        "mode=%25",
        "mode=_",
        "mode=%5C",
        "mode=%00",
        "domain=%00",
        "organization=a%00b",
        "policyType=%00",
        "resultType=%00",
        "mx=%00",
        "domain=" + "a".repeat(1_001),
        "organization=",
        "Domain=example.com",
        "domain[]=example.com",
        "domain%00=example.com",
        "%00=1",
        "%27=1",
        "=1",
        "by%5B0%5D=day",
        "__proto__=1");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(String query) {
    for (var list : LISTS) {
      var answer = http.getAsAdmin(list + query);

      assertThat(answer.status()).as(list + query + " " + answer).isEqualTo(400);
      assertThat(answer.type()).startsWith("application/problem+json");
      assertThat(answer.json().get("detail").isString()).isTrue();
    }
  }

  /** Whatever stands in a text, it is compared and nothing else. */
  @Test
  void findsNothingInAnyFilterThatTakesAnyText() {
    for (var list : LISTS) {
      for (var filter : TEXT_FILTERS) {
        for (var text : HOSTILE_TEXTS) {
          var query = filter + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
          var answer = http.getAsAdmin(list + query);

          assertThat(answer.status()).as(list + query + " " + answer).isEqualTo(200);
          assertThat(answer.json().get("items").isEmpty()).as(list + query).isTrue();
        }
      }
    }
  }

  /** As many as fit into a request; what does not fit is refused before. */
  @Test
  void refusesTenThousandParameters() {
    for (var list : LISTS) {
      assertThat(http.getAsAdmin(list + "mx=a&".repeat(500)).status()).as(list).isEqualTo(400);
      assertThat(http.getAsAdmin(list + "mx=a&".repeat(10_000)).status()).as(list).isEqualTo(400);
      var distinct = new StringBuilder(list);
      for (var i = 0; i < 1_000; i++) {
        distinct.append("p").append(i).append("&");
      }
      assertThat(http.getAsAdmin(distinct.toString()).status()).as(list).isEqualTo(400);
    }
  }

  /** The body of a form holds parameters too, ten thousand and more of them. */
  @Test
  void answersTenThousandParametersInABody() {
    var form = BodyPublishers.ofString("domain=a.example&".repeat(10_000));
    for (var list : LISTS) {
      var answer =
          http.send(
              "GET",
              list,
              form,
              "Authorization",
              Http.basic("admin", "a password for tests"),
              "Content-Type",
              "application/x-www-form-urlencoded");

      assertThat(answer.status()).as(list).isIn(200, 400);
    }
  }

  @Test
  void refusesTheCursorOfAnotherQuery() {
    var cursor = next("/v1/reports?limit=1&domain=example.com");
    assertThat(http.getAsAdmin("/v1/reports?domain=example.com&cursor=" + cursor).status())
        .isEqualTo(200);
    for (var other :
        List.of(
            "/v1/reports?",
            "/v1/reports?domain=example.net&",
            "/v1/reports?domain=example.com&from=2026-01-01&",
            "/v1/failures?domain=example.com&",
            "/v1/domains?domain=example.com&",
            "/v1/quarantine?")) {
      var answer = http.getAsAdmin(other + "cursor=" + cursor);
      assertThat(answer.status()).as(other).isEqualTo(400);
      assertThat(answer.json().get("parameter").asString()).isEqualTo("cursor");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x",
    "%00",
    "%27",
    "%25",
    "_",
    "%5C",
    "AAAA",
    "%F0%9F%98%80",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"
  })
  void refusesACursorThatNobodyGave(String cursor) {
    for (var list : List.of("/v1/reports?", "/v1/failures?", "/v1/domains?", "/v1/quarantine?")) {
      assertThat(http.getAsAdmin(list + "cursor=" + cursor).status()).as(list).isEqualTo(400);
    }
  }

  private String next(String path) {
    return http.getAsAdmin(path).json().get("next").asString();
  }

  @Test
  void refusesATokenOfTheWrongScopeAndOneThatIsNone() {
    var token =
        new JsonMapper()
            .readTree(
                http.send(
                        "POST",
                        "/v1/tokens",
                        BodyPublishers.ofString("{\"name\":\"reader\",\"scope\":\"read\"}"),
                        "Authorization",
                        Http.basic("admin", "a password for tests"))
                    .bytes())
            .get("token")
            .asString();
    for (var path : List.of("/v1/users", "/v1/tokens", "/v1/erasures")) {
      assertThat(http.get(path, "Authorization", "Bearer " + token).status()).isEqualTo(403);
      assertThat(http.get(path, "Authorization", "Bearer x" + token).status()).isEqualTo(401);
    }
    assertThat(http.get("/v1/reports", "Authorization", "Bearer " + token).status()).isEqualTo(200);
  }

  /** Every mapping there is, by every method it has, and whatever a path or a name may hold. */
  @Test
  void neverMakesAnyCallFail() {
    var wrong = new ArrayList<String>();
    for (var call : calls()) {
      for (var part : List.of("'", "%", "_", "\\", "%00", "\u0000", "..", "😀", "a".repeat(300))) {
        tried(call, part, "", wrong);
      }
      for (var query : List.of("%00=1", "%=1", "=", "&&=&", "%FF=%FF", "a=%", "%F0=1", "'=\"")) {
        tried(call, "x", "?" + query.replace("\"", "%22"), wrong);
      }
    }

    assertThat(wrong).isEmpty();
  }

  private void tried(String call, String part, String query, List<String> wrong) {
    var encoded = part.equals("%00") ? part : URLEncoder.encode(part, StandardCharsets.UTF_8);
    var target = call.replaceAll("\\{[^}]+}", encoded) + query;
    var status = status(target);
    if (status == 0 || status >= 500) {
      wrong.add(target + " " + status);
    }
  }

  /** No HTTP client would send all of these. */
  private int status(String target) {
    var request =
        """
        %s HTTP/1.1\r
        Host: localhost\r
        Authorization: %s\r
        Content-Length: 0\r
        Connection: close\r
        \r
        """
            .formatted(target, Http.basic("admin", "a password for tests"));
    try (var connection = RawHttp.connect(http.port())) {
      return RawHttp.status(connection.send(request).readToEnd());
    } catch (IOException e) {
      throw new UncheckedIOException(target, e);
    }
  }

  private TreeSet<String> calls() {
    var calls = new TreeSet<String>();
    for (var mapping : mappings) {
      for (var info : mapping.getHandlerMethods().keySet()) {
        for (var path : info.getPatternValues()) {
          var methods = info.getMethodsCondition().getMethods();
          for (var method : methods.isEmpty() ? List.of(RequestMethod.GET) : methods) {
            calls.add(method + " " + path);
          }
        }
      }
    }
    return calls;
  }
}
