package org.tlsrpt.collector.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What was filled in to have a record made.
 *
 * @param domain as typed
 * @param rua destinations as typed, one per line
 * @param ttl as typed
 */
record RecordForm(String domain, String rua, String ttl) {

  private static final String TTL = "3600";

  /** A link longer than this does not fit into the head of every request. */
  private static final int LONGEST_LINK = 6_000;

  /**
   * The form as it was sent; what is missing is filled in. Destinations may stand in one field,
   * line by line, or in a field each.
   *
   * @param intake the destination that is filled in: this collector
   */
  static RecordForm of(MultiValueMap<String, String> parameters, String intake) {
    var rua = parameters.getOrDefault("rua", List.of());
    return new RecordForm(
        first(parameters, "domain", ""),
        rua.stream().allMatch(String::isBlank) ? intake : String.join("\n", rua),
        first(parameters, "ttl", TTL));
  }

  /** The form before anybody filled it in. */
  static RecordForm blank(String intake) {
    return new RecordForm("", intake, TTL);
  }

  private static String first(
      MultiValueMap<String, String> parameters, String name, String otherwise) {
    var value = parameters.getFirst(name);
    return value == null ? otherwise : value;
  }

  List<String> destinations() {
    return rua.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Seconds; one that no record may have for what is no number. */
  int seconds() {
    try {
      return Integer.parseInt(ttl.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * The address under which the same form is answered.
   *
   * @return null if it would be too long for one
   */
  @Nullable String link(String intake) {
    var query = UriComponentsBuilder.fromPath("/record");
    var values = new ArrayList<String>();
    add(query, values, "domain", domain.strip());
    if (!destinations().equals(List.of(intake))) {
      destinations().forEach(destination -> add(query, values, "rua", destination));
    }
    if (!ttl.strip().equals(TTL)) {
      add(query, values, "ttl", ttl.strip());
    }
    var link = query.encode().buildAndExpand(values.toArray()).toUriString();
    return link.length() > LONGEST_LINK ? null : link;
  }

  /** As a variable, so that all that means something in a URI is encoded. */
  private static void add(
      UriComponentsBuilder query, List<String> values, String name, String value) {
    query.queryParam(name, "{" + name + "}");
    values.add(value);
  }
}
