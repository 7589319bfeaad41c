package org.tlsrpt.collector.store;

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

  private static final String A_FAILURE_WITH_ITS_POLICY =
      """
      exists (
        select from failure_detail f
        {policy}
        where f.domain = r.domain and f.day = r.day and f.report_id = r.id
          and %s)"""
          .replace("{policy}", Joins.POLICY_OF_FAILURE);

  private static final String A_FAILURE =
      """
      exists (
        select from failure_detail f
        where f.domain = r.domain and f.day = r.day and f.report_id = r.id
          and %s)""";

  /** By the whole key, see {@link Joins}: of a count the planner makes no join. */
  private static final String A_FAILURE_OF_THE_POLICY =
      """
      0 < (
        select count(*) from failure_detail f
        where f.domain = p.domain and f.day = p.day and f.report_id = p.report_id
          and f.n between p.n and p.n
          and %s)""";

  private Matching() {}

  /** On a report: there is a policy that matches, or a failure with its policy. */
  static Conditions reports(ReportFilter filter) {
    if (!filter.asksFailures()) {
      return filter.asksPolicies()
          ? new Conditions().andExists(A_POLICY, policyAlone(filter))
          : new Conditions();
    }
    var exists = filter.asksPolicies() ? A_FAILURE_WITH_ITS_POLICY : A_FAILURE;
    return new Conditions().andExists(exists, failures(filter)).and("r.failure_details > 0");
  }

  /** On a policy: it matches, and there is a failure that does. */
  static Conditions policies(ReportFilter filter) {
    var conditions = policyAlone(filter);
    return filter.asksFailures()
        ? conditions.andExists(A_FAILURE_OF_THE_POLICY, failureAlone(filter))
        : conditions;
  }

  /** On a failure joined with its policy: both match. */
  static Conditions failures(ReportFilter filter) {
    return policyAlone(filter).and(failureAlone(filter));
  }

  /**
   * The same where failures are what is walked along, by an index of their addresses if need be.
   */
  static Conditions walkedFailures(ReportFilter filter) {
    return filter.sendingIps().size() == 1
        ? policyAlone(filter)
            .and(exceptAddresses(filter))
            .and(
                "f.sending_mta_ip <<= cast(:ip as inet)",
                "ip",
                filter.sendingIps().getFirst().toString())
        : failures(filter);
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

  /**
   * Addresses in a form that no index can answer: it would give all failures of the domain from
   * there, for each of its reports.
   */
  private static Conditions failureAlone(ReportFilter filter) {
    return exceptAddresses(filter)
        .andAny(
            "(f.sending_mta_ip <<= any(cast(:ips as inet[]))) is true", "ips", filter.sendingIps());
  }

  private static Conditions exceptAddresses(ReportFilter filter) {
    return new Conditions()
        .andAny(
            "f.result_type = any(cast(:resultTypes as text[]))",
            "resultTypes",
            filter.resultTypes())
        .andAny(
            "f.receiving_mx_hostname = any(cast(:mxHosts as text[]))", "mxHosts", filter.mxHosts());
  }
}
