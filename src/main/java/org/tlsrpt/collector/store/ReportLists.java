package org.tlsrpt.collector.store;

import java.util.LinkedHashMap;
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

  /** One row per failure detail. */
  static final String FAILURES =
      """
      select f.domain, f.day, f.report_id, f.n, f.m, f.result_type,
        host(f.sending_mta_ip) as sending_mta_ip, f.receiving_mx_hostname, f.receiving_mx_helo,
        host(f.receiving_ip) as receiving_ip, f.failed_session_count, f.additional_information,
        f.failure_reason_code, p.type, p.mode, r.organization_name
      from report r
      join policy p on p.domain = r.domain and p.day = r.day and p.report_id = r.id
      join failure_detail f
        on f.domain = p.domain and f.day = p.day and f.report_id = p.report_id and f.n = p.n
      where {where}
      order by %1$s.day desc, %1$s.domain desc, %1$s.%2$s desc, f.n desc, f.m desc
      """;

  /** The same in another order, all of which has to be sorted. */
  static final String SORTED_FAILURES =
      """
      select f.domain, f.day, f.report_id, f.n, f.m, f.result_type,
        host(f.sending_mta_ip) as sending_mta_ip, f.receiving_mx_hostname, f.receiving_mx_helo,
        host(f.receiving_ip) as receiving_ip, f.failed_session_count, f.additional_information,
        f.failure_reason_code, p.type, p.mode, r.organization_name
      from {rows}
      join policy p on p.domain = r.domain and p.day = r.day and p.report_id = r.id
      join failure_detail f
        on f.domain = p.domain and f.day = p.day and f.report_id = p.report_id and f.n = p.n
      where {where}
      order by {order}, f.domain, f.day, f.report_id, f.n, f.m
      limit :limit
      """;

  /** Walks along the failures of one domain. */
  private static final String FAILURES_OF_DOMAIN = FAILURES.formatted("f", "report_id");

  /** Walks along the reports in which something failed. */
  private static final String FAILURES_BY_REPORT = FAILURES.formatted("r", "id");

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
        .and(Matching.failures(filter))
        .and(after == null ? new Conditions() : behind(after, slice));
  }

  /** The first of all rows in another order than newest first. */
  static Statement sorted(ReportFilter filter, FailureOrder order, int limit) {
    var rows = ReportRows.of(filter, new Conditions().and("r.failure_details > 0"));
    var where = Matching.failures(filter);
    var values = new LinkedHashMap<>(rows.values());
    values.putAll(where.values());
    values.put("limit", limit);
    return new Statement(
        SORTED_FAILURES
            .replace("{where}", where.text())
            .replace("{rows}", rows.text())
            .replace("{order}", order.sql()),
        values);
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
