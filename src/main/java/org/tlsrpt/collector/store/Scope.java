package org.tlsrpt.collector.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The domains a query walks along, and what is left to ask of each row. A row concerns a domain if
 * the policy or the recipient names it.
 *
 * @param names every row concerns one of these; {@code null} if it need not
 * @param rest conditions on {@code r} that the names do not cover
 */
record Scope(@Nullable List<String> names, Conditions rest) {

  private static final String CONCERNS =
      """
      (r.domain = any(cast(:reach as text[])) or r.recipient_domain = any(cast(:reach as text[])))\
      """;

  private static final String ORGANIZATION =
      """
      lower(r.organization_name) in (
        select lower(name) from unnest(cast(:organizations as text[])) as given (name))""";

  /** The domains asked for, else those within reach, else all. */
  static Scope of(ReportFilter filter) {
    var rest = new Conditions().andAny(ORGANIZATION, "organizations", filter.organizations());
    if (!filter.domains().isEmpty()) {
      return new Scope(filter.domains(), rest.and(within(filter.reach())));
    }
    return switch (filter.reach()) {
      case Reach.Everything() -> new Scope(null, rest);
      case Reach.Domains(var names) -> new Scope(List.copyOf(names), rest);
    };
  }

  /** Whether it leaves out nothing. */
  boolean isAll() {
    return names == null && rest.isEmpty();
  }

  /** The limit of a login, on rows found by something else. */
  static Conditions within(Reach reach) {
    return switch (reach) {
      case Reach.Everything() -> new Conditions();
      case Reach.Domains(var names) ->
          new Conditions().and(CONCERNS, "reach", Conditions.array(names));
    };
  }
}
