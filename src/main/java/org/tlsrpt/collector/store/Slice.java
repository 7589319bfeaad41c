package org.tlsrpt.collector.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a list that one index finds in order: those of one policy domain, those addressed to
 * one recipient domain, or all. A list is its slices, merged; so a page costs as many rows as it
 * shows, whatever the filter.
 *
 * @param conditions joined by {@code and}; constants of ours, with named parameters
 * @param parameters by name
 */
record Slice(List<String> conditions, Map<String, Object> parameters) {

  /** Names of the key columns in a query, as HQL. */
  record Columns(String domain, String day, String id, String recipientDomain, String tie) {}

  static List<Slice> of(ReportFilter filter, @Nullable Position after, Columns columns) {
    if (filter.domains().isEmpty()) {
      return List.of(new Builder(columns).before(after).build());
    }
    return filter.domains().stream()
        .flatMap(
            domain ->
                Stream.of(
                    new Builder(columns).policyDomain(domain).before(domain, after).build(),
                    new Builder(columns)
                        .recipientDomain(domain, filter.domains())
                        .before(after)
                        .build()))
        .toList();
  }

  /** The HQL of a list, restricted to this slice. */
  String in(String list) {
    return list.replace(
        "{where}", conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions));
  }

  <T> SelectionQuery<T> bind(SelectionQuery<T> query) {
    parameters.forEach(query::setParameter);
    return query;
  }

  private static final class Builder {

    private final Columns columns;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    Builder(Columns columns) {
      this.columns = columns;
    }

    Builder policyDomain(String domain) {
      conditions.add(columns.domain() + " = :domain");
      parameters.put("domain", domain);
      return this;
    }

    /** Rows that the slices of the policy domains do not have. */
    Builder recipientDomain(String domain, List<String> policyDomains) {
      conditions.add(columns.recipientDomain() + " = :recipient");
      conditions.add(columns.recipientDomain() + " <> " + columns.domain());
      conditions.add(columns.domain() + " not in :others");
      parameters.put("recipient", domain);
      parameters.put("others", policyDomains);
      return this;
    }

    Builder before(@Nullable Position after) {
      if (after != null) {
        key(after, columns.day(), columns.domain());
        parameters.put("afterDomain", after.domain());
      }
      return this;
    }

    /** Within one domain the rest of the key decides. */
    Builder before(String domain, @Nullable Position after) {
      if (after == null) {
        return this;
      }
      var order = KeyOrder.TEXT.compare(domain, after.domain());
      if (order == 0) {
        key(after, columns.day());
      } else {
        conditions.add(columns.day() + (order < 0 ? " <= " : " < ") + ":afterDay");
        parameters.put("afterDay", after.day());
      }
      return this;
    }

    private void key(Position after, String... first) {
      var left = String.join(", ", first) + ", " + columns.id() + columns.tie();
      var right = first.length == 1 ? ":afterDay, :afterId" : ":afterDay, :afterDomain, :afterId";
      parameters.put("afterDay", after.day());
      switch (after) {
        case Position.OfReport report -> parameters.put("afterId", report.id());
        case Position.OfFailure failure -> {
          right += ", :afterN, :afterM";
          parameters.put("afterId", failure.id());
          parameters.put("afterN", failure.n());
          parameters.put("afterM", failure.m());
        }
      }
      conditions.add("(" + left + ") < (" + right + ")");
    }

    Slice build() {
      return new Slice(List.copyOf(conditions), Map.copyOf(parameters));
    }
  }
}
