package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;
import tools.jackson.databind.JsonNode;

/**
 * The API as it describes itself: every mapping is in it, every call of it is made, and none
 * answers what it does not say.
 */
@CollectorTest
class ApiDescriptionTest {

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired List<RequestMappingHandlerMapping> mappings;

  private DescribedCalls described;

  @BeforeEach
  void read() {
    jdbc.execute("truncate day_change, day_sum, report, quarantine, erasure cascade");
    jdbc.update("delete from account where name = 'alice'");
    described = new DescribedCalls(http.get("/v3/api-docs").json(), http);
  }

  @Test
  void isOpenApi31ForAnybodyAndOfThisPlaceAlone() {
    var answer = http.get("/v3/api-docs");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("openapi").asString()).startsWith("3.1.");
    assertThat(answer.json().get("servers").toString()).isEqualTo("[{\"url\":\"/\"}]");
    assertThat(answer.text()).doesNotContain("127.0.0.1", "localhost");
    assertThat(http.get("/v3/api-docs.yaml").text()).startsWith("openapi: 3.1.");
  }

  /** A new mapping fails here until {@link ApiCalls} has words for it. */
  @Test
  void describesEveryMappingAndNoOther() {
    assertThat(described.names()).isEqualTo(mapped());
  }

  private Set<String> mapped() {
    var mapped = new TreeSet<String>();
    for (var mapping : mappings) {
      for (var info : mapping.getHandlerMethods().keySet()) {
        for (var path : info.getPatternValues()) {
          for (var method : info.getMethodsCondition().getMethods()) {
            // The intake answers methods it does not have by itself, and a slash too many.
            if (path.startsWith("/v1/")
                && !path.endsWith("/")
                && (!path.startsWith("/v1/tlsrpt")
                    || Set.of("GET", "POST").contains(method.name()))) {
              mapped.add(method + " " + path);
            }
          }
        }
      }
    }
    return mapped;
  }

  @Test
  void saysOfEveryCallWhatItIsForAndWhatItTakes() {
    for (var call : described.all()) {
      var operation = call.operation();
      assertThat(operation.path("summary").asString("")).as(call.name()).isNotBlank();
      assertThat(operation.path("tags").size()).as(call.name()).isEqualTo(1);
      for (var parameter : operation.path("parameters")) {
        if (parameter.get("in").asString().equals("query")) {
          assertThat(parameter.path("description").asString("")).as(call.name()).isNotBlank();
          assertThat(parameter.has("example") || parameter.get("name").asString().equals("cursor"))
              .as(call.name() + " " + parameter)
              .isTrue();
        }
      }
      for (var status : operation.get("responses").propertyNames()) {
        var response = described.resolved(operation.get("responses").get(status));
        assertThat(response.path("description").asString("")).as(call.name()).isNotBlank();
        if (Integer.parseInt(status) >= 400) {
          assertThat(response.get("content").propertyNames())
              .as(call.name() + status)
              .containsExactly("application/problem+json");
        }
      }
    }
  }

  @Test
  void knowsEveryFilterThereIs() {
    assertThat(ReportFilter.NAMES)
        .allSatisfy(name -> assertThat(ApiParameters.of(name)).isNotNull());
  }

  @Test
  void saysWhichCallsNeedNoKey() {
    var open = new TreeSet<String>();
    for (var call : described.all()) {
      if (call.operation().path("security").isEmpty()) {
        open.add(call.name());
        assertThat(call.made("", false).status()).as(call.name()).isNotIn(401, 403);
      } else {
        assertThat(call.made("", false).status()).as(call.name()).isEqualTo(401);
      }
    }
    assertThat(open)
        .containsExactly(
            "GET /v1/record",
            "GET /v1/tlsrpt",
            "GET /v1/tlsrpt/{recipientDomain}",
            "POST /v1/lint",
            "POST /v1/record/lint",
            "POST /v1/tlsrpt",
            "POST /v1/tlsrpt/{recipientDomain}");
  }

  /** With its own examples; once with what it needs, once with all it takes. */
  @Test
  void isTrueOfEveryCallThatSucceeds() {
    for (var call : described.all()) {
      for (var everything : List.of(false, true)) {
        if (call.name().equals("POST /v1/users")) {
          jdbc.update("delete from account where name = 'alice'");
        }
        var answer = call.made(null, everything);

        var wanted = call.name().equals("GET /v1/record/check") ? 422 : 200;
        assertThat(answer.status() / 100).as(call.name() + answer).isEqualTo(wanted / 100);
        assertDescribed(call, answer);
      }
    }
  }

  /** Without what it needs, with what it does not know, for what is not there. */
  @Test
  void isTrueOfEveryCallThatIsRefused() {
    for (var call : described.all()) {
      for (var answer :
          List.of(
              call.withQuery("?nobody=knows"),
              call.withQuery("?%00=1"),
              call.ofNothing(),
              call.withBody(""),
              call.withBody("[]"),
              call.withBody("{}"),
              call.withBody("{\"nobody\":1}"),
              call.withBody("x".repeat(3_000_000)))) {
        assertDescribed(call, answer);
      }
    }
  }

  private void assertDescribed(DescribedCalls.Call call, Answer answer) {
    var responses = call.operation().get("responses");
    var status = String.valueOf(answer.status());
    assertThat(responses.propertyNames())
        .as(call.name() + " answered " + abridged(answer))
        .contains(status);
    var content = described.resolved(responses.get(status)).path("content");
    if (content.isMissingNode()) {
      assertThat(answer.bytes()).as(call.name()).isEmpty();
      return;
    }
    var type = answer.type().replaceFirst(";.*", "");
    assertThat(content.propertyNames()).as(call.name() + abridged(answer)).contains(type);
    if (type.endsWith("json") && !type.contains("tlsrpt")) {
      var wrong = new ArrayList<String>();
      var schema = content.get(type).path("schema");
      described.compare(schema, answer.json(), call.name(), wrong);
      described.compare(schema, content.get(type).path("example"), call.name() + " example", wrong);
      assertThat(wrong).isEmpty();
    }
  }

  private static String abridged(Answer answer) {
    var text = answer.toString();
    return text.substring(0, Math.min(600, text.length()));
  }

  @Test
  void neverShowsASchemaThatSaysNothing() {
    var silent = new TreeSet<String>();
    for (var call : described.all()) {
      for (JsonNode response : call.operation().get("responses")) {
        var json = described.resolved(response).path("content").path("application/json");
        if (!json.isMissingNode() && json.path("schema").isEmpty()) {
          silent.add(call.name());
        }
      }
    }
    assertThat(silent).isEmpty();
  }
}
