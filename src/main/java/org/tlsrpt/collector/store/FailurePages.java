package org.tlsrpt.collector.store;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.Position.OfFailure;

/**
 * The statements for one page of failures, newest first: the page is found first, and what it shows
 * of its policies and reports is looked up afterwards. A range of addresses may match ten thousand
 * failures of which a hundred are shown.
 */
final class FailurePages {

  private static final String FOUND_FIRST =
      """
      select f.domain, f.day, f.report_id, f.n, f.m, f.result_type,
        host(f.sending_mta_ip) as sending_mta_ip, f.receiving_mx_hostname, f.receiving_mx_helo,
        host(f.receiving_ip) as receiving_ip, f.failed_session_count, f.additional_information,
        f.failure_reason_code, p.type, p.mode, r.organization_name
      from (
        select f.domain, f.day, f.report_id, f.n, f.m, f.result_type, f.sending_mta_ip,
          f.receiving_mx_hostname, f.receiving_mx_helo, f.receiving_ip, f.failed_session_count,
          f.additional_information, f.failure_reason_code
        from {rows}
        where {where}
        order by {order}
        limit :limit) as f
      {policy}
      {report}
      """
          .replace("{policy}", Joins.POLICY_OF_FAILURE)
          .replace("{report}", Joins.REPORT_OF_FAILURE);

  /** Along the failures of a domain, or among those from some addresses. */
  private static final String OF_DOMAIN =
      FOUND_FIRST
          .replace("{rows}", "failure_detail f\n{others}")
          .replace("{order}", "f.day desc, f.report_id desc, f.n desc, f.m desc");

  /** Along the reports in which something failed. */
  private static final String OF_REPORTS =
      FOUND_FIRST
          .replace("{rows}", "report r\n{others}")
          .replace("{order}", "r.day desc, r.domain desc, r.id desc, f.n desc, f.m desc");

  /** In another order: all that match are compared. */
  private static final String SORTED =
      FOUND_FIRST.replace("{rows}", "{reports}\n{others}") + "order by {order}";

  private FailurePages() {}

  /** The rows of one slice, behind a position if there is one, in no order. */
  static Statement of(ReportFilter filter, Slice slice, @Nullable OfFailure after, int limit) {
    if (slice.domain() == null) {
      var others =
          filter.asksPolicies() ? Joins.POLICIES_AND_FAILURES_OF_REPORT : Joins.FAILURES_OF_REPORT;
      return Statement.of(
          OF_REPORTS.replace("{others}", others),
          ReportLists.failures(filter, slice, after).with("limit", limit));
    }
    var policy = filter.asksPolicies() ? Joins.POLICY_OF_FAILURE : "";
    if (slice.isDomainAlone()) {
      return Statement.of(
          OF_DOMAIN.replace("{others}", policy),
          ofDomain(filter, slice, after).with("limit", limit));
    }
    return Statement.of(
        OF_DOMAIN.replace("{others}", Joins.REPORT_OF_FAILURE + "\n" + policy),
        ReportLists.failures(filter, slice, after).with("limit", limit));
  }

  /** The first of all rows in another order than newest first, in that order. */
  static Statement sorted(ReportFilter filter, FailureOrder order, int limit) {
    var reports = ReportRows.of(filter, new Conditions().and("r.failure_details > 0"));
    var where = Matching.failures(filter);
    var values = new LinkedHashMap<>(reports.values());
    values.putAll(where.values());
    values.put("limit", limit);
    return new Statement(
        SORTED
            .replace("{reports}", reports.text())
            .replace(
                "{others}",
                filter.asksPolicies() ? Joins.failures(filter) : Joins.FAILURES_OF_REPORTS)
            .replace("{where}", where.text())
            .replace("{order}", order.sql() + ", f.domain, f.day, f.report_id, f.n, f.m"),
        values);
  }

  /** No report is looked at: whoever has the domain has its failures. */
  private static Conditions ofDomain(ReportFilter filter, Slice slice, @Nullable OfFailure after) {
    return new Conditions()
        .and("f.domain = :domain", "domain", String.valueOf(slice.domain()))
        .and(Matching.days(filter, "f.day"))
        .and(Matching.walkedFailures(filter))
        .and(after == null ? new Conditions() : ReportLists.behind(after, slice));
  }
}
