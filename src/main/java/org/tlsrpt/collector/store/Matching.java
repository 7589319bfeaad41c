package org.tlsrpt.collector.store;

import java.util.List;

/**
 * What a filter asks of policies, {@code p}, and of failures under them, {@code f}, as conditions.
 * What it asks of the report, {@code r}, is the {@link Slice}.
 */
final class Matching {

  private static final String A_POLICY =
      """
      exists (
        select from policy p
        where p.domain = r.domain and p.day = r.day and p.report_id = r.id
          and %s)""";

  private static final String A_FAILURE =
      """
      exists (
        select from failure_detail f
        where f.domain = p.domain and f.day = p.day and f.report_id = p.report_id and f.n = p.n
          and %s)""";

  private Matching() {}

  /** On a report: there is a policy that matches. */
  static Conditions reports(ReportFilter filter) {
    if (!filter.asksPolicies() && !filter.asksFailures()) {
      return new Conditions();
    }
    var conditions = new Conditions().andExists(A_POLICY, policies(filter));
    return filter.asksFailures() ? conditions.and("r.failure_details > 0") : conditions;
  }

  /** On a policy: it matches, and there is a failure that does. */
  static Conditions policies(ReportFilter filter) {
    var conditions = policyAlone(filter);
    return filter.asksFailures()
        ? conditions.andExists(A_FAILURE, failureAlone(filter))
        : conditions;
  }

  /** On a failure joined with its policy: both match. */
  static Conditions failures(ReportFilter filter) {
    return policyAlone(filter).and(failureAlone(filter));
  }

  /** The days of the filter, on the column that a statement walks along. */
  static Conditions days(ReportFilter filter, String column) {
    return new Conditions()
        .andDay(column + " >= :from", "from", filter.from())
        .andDay(column + " <= :to", "to", filter.to());
  }

  private static Conditions policyAlone(ReportFilter filter) {
    return new Conditions()
        .andAny("p.type = any(cast(:policyTypes as text[]))", "policyTypes", filter.policyTypes())
        .andAny("p.mode = any(cast(:modes as text[]))", "modes", filter.modes());
  }

  private static Conditions failureAlone(ReportFilter filter) {
    return new Conditions()
        .andAny(
            "f.result_type = any(cast(:resultTypes as text[]))",
            "resultTypes",
            filter.resultTypes())
        .andAny(
            "f.receiving_mx_hostname = any(cast(:mxHosts as text[]))", "mxHosts", filter.mxHosts())
        .and(ranges(filter.sendingIps()));
  }

  /** One range as a plain comparison, which an index on addresses can answer. */
  private static Conditions ranges(List<AddressRange> ranges) {
    return ranges.size() == 1
        ? new Conditions()
            .and("f.sending_mta_ip <<= cast(:ip as inet)", "ip", ranges.getFirst().toString())
        : new Conditions().andAny("f.sending_mta_ip <<= any(cast(:ips as inet[]))", "ips", ranges);
  }
}
