package org.tlsrpt.collector.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a sum is made of: SQL for one row per report, policy domain and group, with the sessions by
 * the counting rule. {@code {columns}} are the expressions of the group with their names, {@code
 * {keys}} the names alone.
 */
enum SummaryPart {

  /** Whole reports: the rule was carried out when they came. */
  REPORTS(
      """
      select {columns}, r.id, r.domains, r.successful, r.failed
      from {rows}
      where {where}"""),

  /**
   * Policies, where some of a report's do not match or belong to another group. Their failures are
   * compared by the whole key, see {@link Joins}.
   */
  POLICIES(
      """
      select {keys}, id, domains, %s as successful, %s as failed
      from (
        select {columns}, r.domain, r.day, r.id, r.domains, %s
        from (
          select r.domain, r.day, r.id, r.organization_name, r.domains, p.report_id, p.n, p.type,
            p.mode, p.successful, p.failed
          from {rows}
          join policy p on p.domain = r.domain and p.day = r.day and p.report_id = r.id
          offset 0) as p
        cross join lateral (
          select p.domain, p.day, p.id, p.organization_name, p.domains) as r
        where {where}
        group by {keys}, r.domain, r.day, r.id, r.domains) as counts"""
          .formatted(
              Sessions.SUCCESSFUL, Sessions.FAILED, Sessions.counts("p.successful", "p.failed"))),

  /** Failures by their type alone: the rule was carried out when they came. */
  FAILURE_TYPES(
      """
      select {columns}, r.id, r.domains, 0 as successful, f.sessions as failed
      from {rows}
      join failure_type f on f.domain = r.domain and f.day = r.day and f.report_id = r.id
      where {where}"""),

  /** The same over all reports, which need not be looked at then. */
  FAILURE_TYPES_OF_ALL(
      """
      select {columns}, r.id, r.domains, 0 as successful, f.sessions as failed
      from failure_type f
      cross join lateral (select f.domain, f.day, f.report_id as id, f.domains) as r
      where {where}"""),

  /** Failures. */
  FAILURES(
      """
      select {keys}, id, domains, 0 as successful, %s as failed
      from (
        select {columns}, r.domain, r.day, r.id, r.domains, %s
        from {rows}
        {failures}
        where {where}
        group by {keys}, r.domain, r.day, r.id, r.domains) as counts"""
          .formatted(Sessions.FAILED, Sessions.counts("0", "f.failed_session_count")));

  private static final Set<Dimension> KNOWN_OF_FAILURE_TYPES =
      EnumSet.of(Dimension.DAY, Dimension.DOMAIN, Dimension.ORGANIZATION, Dimension.RESULT_TYPE);

  private static final Set<Dimension> KNOWN_WITHOUT_REPORTS =
      EnumSet.of(Dimension.DAY, Dimension.DOMAIN, Dimension.RESULT_TYPE);

  private final String text;

  SummaryPart(String text) {
    this.text = text;
  }

  String text(ReportFilter filter) {
    return text.replace("{failures}", Joins.failures(filter));
  }

  /** The least that has to be read. */
  static SummaryPart of(ReportFilter filter, List<Dimension> by) {
    if (by.stream().anyMatch(Dimension::isOfFailures)) {
      return KNOWN_OF_FAILURE_TYPES.containsAll(by) && filter.asksFailureTypesAtMost()
          ? ofTypes(filter, by)
          : FAILURES;
    }
    var ofPolicies =
        by.stream().anyMatch(Dimension::isOfPolicies)
            || filter.asksPolicies()
            || filter.asksFailures();
    return ofPolicies ? POLICIES : REPORTS;
  }

  private static SummaryPart ofTypes(ReportFilter filter, List<Dimension> by) {
    return KNOWN_WITHOUT_REPORTS.containsAll(by) && Scope.of(filter).isAll()
        ? FAILURE_TYPES_OF_ALL
        : FAILURE_TYPES;
  }

  /** Whether it is read twice at less cost than it is kept between. */
  boolean isCheap() {
    return this == REPORTS || this == FAILURE_TYPES_OF_ALL;
  }

  /** On the rows that the part itself is about. */
  Conditions matching(ReportFilter filter) {
    return switch (this) {
      case REPORTS -> new Conditions();
      case POLICIES -> Matching.policies(filter);
      case FAILURE_TYPES, FAILURE_TYPES_OF_ALL ->
          Matching.failures(filter).and(Matching.days(filter, "f.day"));
      case FAILURES -> Matching.failures(filter);
    };
  }

  /** On reports: what the conditions on the rows imply anyway, and an index knows. */
  Conditions onReports(ReportFilter filter) {
    var somethingFailed = this == FAILURES || this == FAILURE_TYPES || filter.asksFailures();
    return somethingFailed ? new Conditions().and("r.failure_details > 0") : new Conditions();
  }
}
