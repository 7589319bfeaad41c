package org.tlsrpt.collector.api;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;
import tools.jackson.databind.JsonNode;

/** The calls that an OpenAPI document describes, and how to make them with its examples. */
final class DescribedCalls {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String ADMIN = Http.basic("admin", "a password for tests");
  private static final String PASSWORD = "at least twelve characters";
  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  private final JsonNode document;
  private final Http http;

  DescribedCalls(JsonNode document, Http http) {
    this.document = document;
    this.http = http;
  }

  List<Call> all() {
    var calls = new ArrayList<Call>();
    for (var path : document.get("paths").propertyNames()) {
      for (var method : document.get("paths").get(path).propertyNames()) {
        calls.add(
            new Call(
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                document.get("paths").get(path).get(method)));
      }
    }
    return calls;
  }

  TreeSet<String> names() {
    var names = new TreeSet<String>();
    all().forEach(call -> names.add(call.name()));
    return names;
  }

  JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  /** Notes members that a schema does not have; where it says nothing, anything is right. */
  void compare(JsonNode described, JsonNode value, String where, List<String> wrong) {
    var schema = resolved(described);
    if (value.isArray() && schema.has("items")) {
      for (var item : value) {
        compare(schema.get("items"), item, where + "[]", wrong);
      }
    }
    if (value.isObject() && schema.has("properties")) {
      for (var name : value.propertyNames()) {
        if (schema.get("properties").has(name)) {
          compare(schema.get("properties").get(name), value.get(name), where + "." + name, wrong);
        } else {
          wrong.add(where + "." + name);
        }
      }
    }
  }

  /** One of them. */
  final class Call {

    private final String method;
    private final String path;
    private final JsonNode operation;

    private Call(String method, String path, JsonNode operation) {
      this.method = method;
      this.path = path;
      this.operation = operation;
    }

    String name() {
      return method + " " + path;
    }

    JsonNode operation() {
      return operation;
    }

    /**
     * Makes it.
     *
     * @param authorization {@code null}: of somebody who may
     * @param everything also the parameters it can do without
     */
    Answer made(String authorization, boolean everything) {
      var key = authorization == null ? key() : authorization;
      var target = path.replaceAll("\\{[^}]+}", encoded(existing())) + query(everything);
      return send(target, example(), key);
    }

    Answer withQuery(String query) {
      return send(path.replaceAll("\\{[^}]+}", encoded(existing())) + query, example(), key());
    }

    Answer withBody(String body) {
      return send(path.replaceAll("\\{[^}]+}", encoded(existing())) + query(false), body, key());
    }

    Answer ofNothing() {
      return send(path.replaceAll("\\{[^}]+}", NOBODY) + query(false), example(), key());
    }

    private Answer send(String target, String body, String authorization) {
      var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
      return authorization.isEmpty()
          ? http.send(method, target, publisher)
          : http.send(method, target, publisher, "Authorization", authorization);
    }

    private String example() {
      for (var media : operation.path("requestBody").path("content")) {
        return media.get("example").toString();
      }
      return "";
    }

    private String query(boolean everything) {
      var query = new StringBuilder();
      for (var parameter : operation.path("parameters")) {
        var example = parameter.path("example");
        if (parameter.get("in").asString().equals("query")
            && !example.isMissingNode()
            && (everything || parameter.path("required").asBoolean(false))) {
          query
              .append(query.isEmpty() ? '?' : '&')
              .append(parameter.get("name").asString())
              .append('=')
              .append(encoded((example.isArray() ? example.get(0) : example).asString()));
        }
      }
      // A look at DNS would leave the machine.
      return path.equals("/v1/record/check") ? "?domain=-" : query.toString();
    }

    /** Nobody but an account made by call can change its own password. */
    private String key() {
      return path.equals("/v1/me/password") ? Http.basic(user(), PASSWORD) : ADMIN;
    }

    /** Something of the kind the path is about. */
    private String existing() {
      if (path.startsWith("/v1/reports/{")) {
        return id("POST", "/v1/tlsrpt/example.com", report(), "id");
      }
      if (path.startsWith("/v1/quarantine/{")) {
        return id("POST", "/v1/tlsrpt", "{\"a\":" + NUMBER.incrementAndGet() + "}", "quarantineId");
      }
      if (path.startsWith("/v1/erasures/{")) {
        return id("DELETE", "/v1/domains/nothing.example", "", "id");
      }
      if (path.startsWith("/v1/tokens/{")) {
        return id("POST", "/v1/tokens", "{\"name\":\"described\",\"scope\":\"read\"}", "id");
      }
      if (path.startsWith("/v1/users/{")) {
        return user();
      }
      return "nothing.example";
    }

    private String user() {
      var name = "described" + NUMBER.incrementAndGet();
      var body =
          "{\"name\":\"%s\",\"password\":\"%s\",\"scope\":\"read\"}".formatted(name, PASSWORD);
      return id("POST", "/v1/users", body, "name");
    }

    private String report() {
      return document
          .at("/paths/~1v1~1tlsrpt/post/requestBody/content/application~1tlsrpt+json/example")
          .toString();
    }

    private String id(String how, String where, String body, String member) {
      var answer = http.send(how, where, BodyPublishers.ofString(body), "Authorization", ADMIN);
      return answer.json().get(member).asString();
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
