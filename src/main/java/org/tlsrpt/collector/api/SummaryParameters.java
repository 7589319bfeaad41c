package org.tlsrpt.collector.api;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tlsrpt.collector.store.Dimension;

/**
 * What a call for sums groups by.
 *
 * @param by one or two
 * @param limit groups at most, 1 to 1000
 */
record SummaryParameters(List<Dimension> by, int limit) {

  /** The parameter that names them. */
  static final String BY = "by";

  private static final int LIMIT = 100;
  private static final int HIGHEST_LIMIT = 1_000;
  private static final int MOST_DIMENSIONS = 2;

  private static final Map<String, Dimension> NAMES = names();

  private static Map<String, Dimension> names() {
    var names = new LinkedHashMap<String, Dimension>();
    names.put("day", Dimension.DAY);
    names.put("domain", Dimension.DOMAIN);
    names.put("organization", Dimension.ORGANIZATION);
    names.put("resultType", Dimension.RESULT_TYPE);
    names.put("policyType", Dimension.POLICY_TYPE);
    names.put("mode", Dimension.MODE);
    names.put("mx", Dimension.MX);
    names.put("reasonCode", Dimension.REASON_CODE);
    return names;
  }

  /** How a dimension is called in parameters. */
  static String nameOf(Dimension dimension) {
    return NAMES.entrySet().stream()
        .filter(name -> name.getValue() == dimension)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** All groups, of a call that asks for no part of them. */
  static List<Dimension> withoutLimit(Parameters parameters) {
    return by(parameters);
  }

  static SummaryParameters of(Parameters parameters) {
    return new SummaryParameters(
        by(parameters), parameters.number("limit", LIMIT, 1, HIGHEST_LIMIT));
  }

  /** {@code by=day,resultType} and {@code by=day&by=resultType} are the same. */
  private static List<Dimension> by(Parameters parameters) {
    var by = new ArrayList<Dimension>();
    for (var value : parameters.all(BY)) {
      for (var name : Arrays.asList(value.split(",", -1))) {
        var dimension = NAMES.get(name.strip());
        if (dimension == null || by.contains(dimension) || by.size() == MOST_DIMENSIONS) {
          throw refused();
        }
        by.add(dimension);
      }
    }
    if (by.isEmpty()) {
      throw refused();
    }
    return List.copyOf(by);
  }

  private static ApiProblem refused() {
    return ApiProblem.parameter(
        BY,
        "must be one or two different ones of "
            + NAMES.keySet().stream().collect(joining(", "))
            + ", as day or day,resultType.");
  }
}
