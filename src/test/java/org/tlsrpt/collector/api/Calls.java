package org.tlsrpt.collector.api;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Calls by a login that is limited to some domains, or by one that is not. */
final class Calls {

  private static final JsonMapper JSON = new JsonMapper();
  private static final CsvMapper CSV = new CsvMapper();

  private final MockMvcTester mvc;
  private final List<GrantedAuthority> authorities;

  private Calls(MockMvcTester mvc, List<GrantedAuthority> authorities) {
    this.mvc = mvc;
    this.authorities = authorities;
  }

  /** Limited to nothing if there are no domains. */
  static Calls by(WebApplicationContext context, Collection<String> domains) {
    var authorities = new ArrayList<GrantedAuthority>();
    authorities.add(new SimpleGrantedAuthority("ROLE_READ"));
    domains.forEach(domain -> authorities.add(new SimpleGrantedAuthority("DOMAIN_" + domain)));
    return new Calls(
        MockMvcTester.from(context, builder -> builder.apply(springSecurity()).build()),
        authorities);
  }

  MockHttpServletResponse get(String pathAndQuery) {
    return mvc.get()
        .uri(URI.create(pathAndQuery))
        .with(user("somebody").authorities(authorities))
        .exchange()
        .getResponse();
  }

  JsonNode json(String pathAndQuery) {
    var answer = get(pathAndQuery);
    if (answer.getStatus() != 200) {
      throw new AssertionError(pathAndQuery + " " + answer.getStatus() + " " + text(answer));
    }
    return JSON.readTree(answer.getContentAsByteArray());
  }

  /** All items of a list, page by page. */
  List<JsonNode> pages(String path, Map<String, List<String>> parameters, int limit) {
    var items = new ArrayList<JsonNode>();
    String query = query(parameters) + "limit=" + limit;
    String cursor = "";
    while (cursor != null) {
      var page = json(path + "?" + query + cursor);
      page.get("items").forEach(items::add);
      cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asString();
    }
    return items;
  }

  /** All items of a list as NDJSON. */
  List<JsonNode> lines(String path, Map<String, List<String>> parameters) {
    return export(path, parameters, "ndjson").lines().map(JSON::readTree).toList();
  }

  /** All items of a list as CSV: the cells that are not empty, by the names of their columns. */
  List<Map<String, String>> table(String path, Map<String, List<String>> parameters) {
    var rows = new ArrayList<Map<String, String>>();
    try (var read =
        CSV.readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader())
            .<Map<String, String>>readValues(export(path, parameters, "csv"))) {
      read.forEachRemaining(
          row -> {
            row.values().removeIf(String::isEmpty);
            rows.add(row);
          });
    }
    return rows;
  }

  private String export(String path, Map<String, List<String>> parameters, String format) {
    var ask = path + (path.contains("?") ? "&" : "?") + query(parameters) + "format=" + format;
    var answer = get(ask);
    if (answer.getStatus() != 200) {
      throw new AssertionError(ask + " " + answer.getStatus() + " " + text(answer));
    }
    return text(answer);
  }

  /** What CSV should have of an item. */
  static Map<String, String> row(JsonNode item) {
    var row = new LinkedHashMap<String, String>();
    for (var member : item.properties()) {
      switch (member.getKey()) {
        case "source" ->
            member
                .getValue()
                .properties()
                .forEach(
                    it ->
                        row.put(
                            "source"
                                + it.getKey().substring(0, 1).toUpperCase(Locale.ROOT)
                                + it.getKey().substring(1),
                            it.getValue().isNull() ? "" : it.getValue().asString()));
        case "notes" ->
            row.put(
                "notes",
                member
                    .getValue()
                    .valueStream()
                    .map(note -> note.get("code").asString())
                    .distinct()
                    .collect(Collectors.joining(" ")));
        case "keys" -> {
          // under the names of the dimensions, see groupRow
        }
        default ->
            row.put(
                member.getKey(), member.getValue().isNull() ? "" : member.getValue().asString());
      }
    }
    row.values().removeIf(String::isEmpty);
    return row;
  }

  /** What CSV should have of a group: its keys under the names of what it is by. */
  static Map<String, String> groupRow(JsonNode item, String by) {
    var row = row(item);
    row.remove("keys");
    row.remove("key");
    var keys = item.has("key") ? List.of(item.get("key")) : item.get("keys").valueStream().toList();
    var names = by.split(",", -1);
    for (var i = 0; i < names.length; i++) {
      if (!keys.get(i).isNull()) {
        row.put(names[i], keys.get(i).asString());
      }
    }
    return row;
  }

  /** A query that ends with an ampersand if it is not empty. */
  static String query(Map<String, List<String>> parameters) {
    var query = new StringBuilder();
    parameters.forEach(
        (name, values) -> values.forEach(value -> query.append(pair(name, value)).append('&')));
    return query.toString();
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String text(MockHttpServletResponse answer) {
    return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
  }
}
