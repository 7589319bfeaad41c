package org.tlsrpt.collector.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code report} that one index finds in the order of the lists: those of one policy
 * domain, those addressed to one recipient domain, or all. A list is its slices, merged; so a page
 * costs as many rows as it shows, whatever the domain.
 *
 * @param conditions on {@code r}: domain, organization and reach of the filter
 * @param domain the one policy domain of all its rows; {@code null} if they have several
 * @param recipient the one recipient domain that all its rows are addressed to and none is about
 */
record Slice(Conditions conditions, @Nullable String domain, @Nullable String recipient) {

  /** So many domains are walked along one by one; more of them all together. */
  private static final int FEW = 20;

  private static final String POLICY_DOMAIN = "r.domain = :domain";

  private static final String RECIPIENT =
      """
      r.recipient_domain = :recipient and r.recipient_domain <> r.domain
        and r.domain <> all(cast(:scope as text[]))""";

  private static final String POLICY_DOMAINS = "r.domain = any(cast(:scope as text[]))";

  private static final String RECIPIENTS =
      """
      r.recipient_domain = any(cast(:scope as text[])) and r.recipient_domain <> r.domain
        and r.domain <> all(cast(:scope as text[]))""";

  /** Whether it asks nothing of reports but their domain. */
  boolean isDomainAlone() {
    return domain != null && conditions.size() == 1;
  }

  private static Slice all(Conditions conditions) {
    return new Slice(conditions, null, null);
  }

  /** The slices of a filter; no row is in two of them. */
  static List<Slice> of(ReportFilter filter) {
    var scope = Scope.of(filter);
    var names = scope.names();
    if (names == null) {
      return List.of(all(scope.rest()));
    }
    return names.size() > FEW ? together(scope, names) : oneByOne(scope, names);
  }

  /** Two slices at most, for sums, which need no order. */
  static List<Slice> unordered(ReportFilter filter) {
    var scope = Scope.of(filter);
    var names = scope.names();
    return names == null ? List.of(all(scope.rest())) : together(scope, names);
  }

  private static List<Slice> together(Scope scope, List<String> names) {
    var given = Conditions.array(names);
    return List.of(
        all(new Conditions().and(POLICY_DOMAINS, "scope", given).and(scope.rest())),
        all(new Conditions().and(RECIPIENTS, "scope", given).and(scope.rest())));
  }

  private static List<Slice> oneByOne(Scope scope, List<String> names) {
    var slices = new ArrayList<Slice>();
    for (var name : names) {
      var about = new Conditions().and(POLICY_DOMAIN, "domain", name).and(scope.rest());
      var addressed =
          new Conditions()
              .and(RECIPIENT, "recipient", name)
              .with("scope", Conditions.array(names))
              .and(scope.rest());
      slices.add(new Slice(about, name, null));
      slices.add(new Slice(addressed, null, name));
    }
    return slices;
  }
}
