package org.tlsrpt.collector.store;

import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.Position.OfFailure;

/**
 * The statements for one page of failures, newest first. Where nothing is asked of policies, the
 * page is found first and what it shows of its policies and reports is looked up afterwards: a
 * range of addresses may match ten thousand failures of which a hundred are shown.
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
        order by {order}, f.n desc, f.m desc
        limit :limit) as f
      join policy p
        on p.domain = f.domain and p.day = f.day and p.report_id = f.report_id and p.n = f.n
      join report r on r.domain = f.domain and r.day = f.day and r.id = f.report_id
      """;

  /** Along the failures of a domain, or among those from some addresses. */
  private static final String OF_DOMAIN =
      FOUND_FIRST
          .replace("{rows}", "failure_detail f")
          .replace("{order}", "f.day desc, f.report_id desc");

  private static final String WITH_REPORTS =
      FOUND_FIRST.replace(
          "{rows}",
          """
          report r join failure_detail f
            on f.domain = r.domain and f.day = r.day and f.report_id = r.id""");

  /** Along the failures of a domain, of which not all reports match. */
  private static final String OF_DOMAIN_WITH_REPORTS =
      WITH_REPORTS.replace("{order}", "f.day desc, f.report_id desc");

  /** Along the reports in which something failed. */
  private static final String OF_REPORTS =
      WITH_REPORTS.replace("{order}", "r.day desc, r.domain desc, r.id desc");

  /**
   * Along the reports posted for a domain and about another. They are few; the planner believes
   * them many, and would begin with the failures, of which millions may match.
   */
  private static final String OF_RECIPIENT =
      FOUND_FIRST
          .replace(
              "{rows}",
              """
              report r cross join lateral (
                select * from failure_detail f
                where f.domain = r.domain and f.day = r.day and f.report_id = r.id
                offset 0) as f""")
          .replace("{order}", "r.day desc, r.domain desc, r.id desc");

  private FailurePages() {}

  /** The rows of one slice, behind a position if there is one, in no order. */
  static Statement of(ReportFilter filter, Slice slice, @Nullable OfFailure after, int limit) {
    if (filter.asksPolicies()) {
      var where = ReportLists.failures(filter, slice, after).with("limit", limit);
      return Statement.of(ReportLists.failures(slice) + "limit :limit", where);
    }
    if (slice.isDomainAlone()) {
      return Statement.of(OF_DOMAIN, ofDomain(filter, slice, after).with("limit", limit));
    }
    return Statement.of(
        withReports(slice), ReportLists.failures(filter, slice, after).with("limit", limit));
  }

  private static String withReports(Slice slice) {
    if (slice.recipient() != null) {
      return OF_RECIPIENT;
    }
    return slice.domain() == null ? OF_REPORTS : OF_DOMAIN_WITH_REPORTS;
  }

  /** No report is looked at: whoever has the domain has its failures. */
  private static Conditions ofDomain(ReportFilter filter, Slice slice, @Nullable OfFailure after) {
    return new Conditions()
        .and("f.domain = :domain", "domain", String.valueOf(slice.domain()))
        .and(Matching.days(filter, "f.day"))
        .and(Matching.failures(filter))
        .and(after == null ? new Conditions() : ReportLists.behind(after, slice));
  }
}
