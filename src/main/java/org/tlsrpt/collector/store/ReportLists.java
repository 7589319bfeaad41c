package org.tlsrpt.collector.store;

import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.Position.OfFailure;
import org.tlsrpt.collector.store.Position.OfReport;

/**
 * The statements that list reports and failures, newest first. {@code {where}} is for the
 * conditions of one slice of the list.
 */
final class ReportLists {

  /** One row per report and policy domain. */
  static final String REPORTS =
      """
      select r.domain, r.day, r.id, r.organization_name, r.contact_info, r.report_id,
        r.window_start, r.window_end, r.received_at, r.recipient_domain, r.successful, r.failed,
        r.channel, host(r.source_address) as source_address, r.user_agent,
        cast(r.notes as text) as notes,
        case when r.notes is not null then array(
          select p.n from policy p
          where p.domain = r.domain and p.day = r.day and p.report_id = r.id) end as places
      from report r
      where {where}
      order by r.day desc, r.domain desc, r.id desc
      """;

  private static final String FAILURES =
      """
      select f.domain, f.day, f.report_id, f.n, f.m, f.result_type,
        host(f.sending_mta_ip) as sending_mta_ip, f.receiving_mx_hostname, f.receiving_mx_helo,
        host(f.receiving_ip) as receiving_ip, f.failed_session_count, f.additional_information,
        f.failure_reason_code, p.type, p.mode, r.organization_name
      from {rows}
      where {where}
      order by {order}, f.n desc, f.m desc
      """;

  /** Walks along the failures of one domain. */
  private static final String FAILURES_OF_DOMAIN =
      FAILURES
          .replace(
              "{rows}",
              "failure_detail f\n" + Joins.REPORT_OF_FAILURE + "\n" + Joins.POLICY_OF_FAILURE)
          .replace("{order}", "f.day desc, f.report_id desc");

  /** Walks along the reports in which something failed. */
  private static final String FAILURES_BY_REPORT =
      FAILURES
          .replace("{rows}", "report r\n" + Joins.POLICIES_AND_FAILURES_OF_REPORT)
          .replace("{order}", "r.day desc, r.domain desc, r.id desc");

  private ReportLists() {}

  static String failures(Slice slice) {
    return slice.domain() == null ? FAILURES_BY_REPORT : FAILURES_OF_DOMAIN;
  }

  /** The rows of one slice, behind a position if there is one. */
  static Conditions reports(ReportFilter filter, Slice slice, @Nullable OfReport after) {
    return new Conditions()
        .and(slice.conditions())
        .and(Matching.days(filter, "r.day"))
        .and(Matching.reports(filter))
        .and(after == null ? new Conditions() : behind(after, slice));
  }

  /** The rows of one slice, behind a position if there is one. */
  static Conditions failures(ReportFilter filter, Slice slice, @Nullable OfFailure after) {
    var alongFailures = slice.domain() != null;
    return new Conditions()
        .and(slice.conditions())
        .and(alongFailures ? new Conditions() : new Conditions().and("r.failure_details > 0"))
        .and(Matching.days(filter, alongFailures ? "f.day" : "r.day"))
        .and(alongFailures ? Matching.walkedFailures(filter) : Matching.failures(filter))
        .and(after == null ? new Conditions() : behind(after, slice));
  }

  private static Conditions behind(OfReport after, Slice slice) {
    var domain = slice.domain();
    if (domain == null) {
      return new Conditions()
          .and("(r.day, r.domain, r.id) < (:afterDay, :afterDomain, :afterId)")
          .with("afterDay", after.day())
          .with("afterDomain", after.domain())
          .with("afterId", after.id());
    }
    var order = KeyOrder.TEXT.compare(domain, after.domain());
    return order == 0
        ? new Conditions()
            .and("(r.day, r.id) < (:afterDay, :afterId)", "afterDay", after.day())
            .with("afterId", after.id())
        : otherDomain("r.day", order, after);
  }

  /** What stands behind a position; on {@code f} alone where the slice is of one domain. */
  static Conditions behind(OfFailure after, Slice slice) {
    var domain = slice.domain();
    if (domain == null) {
      // The first of the two is what the index of reports can answer.
      return new Conditions()
          .and("(r.day, r.domain, r.id) <= (:afterDay, :afterDomain, :afterId)")
          .and(
              """
              (r.day, r.domain, r.id, f.n, f.m)
                < (:afterDay, :afterDomain, :afterId, :afterN, :afterM)""")
          .with("afterDay", after.day())
          .with("afterDomain", after.domain())
          .with("afterId", after.id())
          .with("afterN", after.n())
          .with("afterM", after.m());
    }
    var order = KeyOrder.TEXT.compare(domain, after.domain());
    return order == 0
        ? new Conditions()
            .and("(f.day, f.report_id, f.n, f.m) < (:afterDay, :afterId, :afterN, :afterM)")
            .with("afterDay", after.day())
            .with("afterId", after.id())
            .with("afterN", after.n())
            .with("afterM", after.m())
        : otherDomain("f.day", order, after);
  }

  private static Conditions otherDomain(String day, int order, Position after) {
    return new Conditions()
        .and(day + (order < 0 ? " <= " : " < ") + ":afterDay", "afterDay", after.day());
  }
}
