package org.tlsrpt.collector.store;

/**
 * Reports, {@code r}, their policies, {@code p}, and failures, {@code f}, each looked up for a row
 * of the one before.
 *
 * <p>The planner multiplies how rare a domain, a day and an id are. So it takes a report for one
 * with a single policy and may compare all its policies with all its failures, of which there may
 * be ten thousand and a hundred thousand; or it expects a page to hold all failures there are, and
 * sorts them. {@code offset 0} leaves it one order, and the whole key. And where there was one
 * report when statistics were gathered, it takes each look-up for one that finds all rows, and
 * reads the table: of {@code between} it knows nothing, and believes it to find few.
 */
final class Joins {

  /** From {@code r}. */
  static final String FAILURES_OF_REPORT =
      """
      cross join lateral (
        select * from failure_detail f
        where f.domain = r.domain and f.day = r.day and f.report_id = r.id
        offset 0) as f""";

  /** From {@code f}. */
  static final String REPORT_OF_FAILURE =
      """
      cross join lateral (
        select * from report r
        where r.domain = f.domain and r.day = f.day and r.id = f.report_id
        offset 0) as r""";

  /** From {@code f}. */
  static final String POLICY_OF_FAILURE =
      """
      cross join lateral (
        select * from policy p
        where p.domain = f.domain and p.day = f.day and p.report_id = f.report_id
          and p.n between f.n and f.n
        offset 0) as p""";

  private static final String FAILURES_OF_POLICY =
      """
      cross join lateral (
        select * from failure_detail f
        where f.domain = p.domain and f.day = p.day and f.report_id = p.report_id
          and f.n between p.n and p.n
        offset 0) as f""";

  /** From {@code r}: a look-up for each policy, of which there are fewer. */
  static final String POLICIES_AND_FAILURES_OF_REPORT =
      """
      cross join lateral (
        select * from policy p
        where p.domain = r.domain and p.day = r.day and p.report_id = r.id
        offset 0) as p
      """
          + FAILURES_OF_POLICY;

  private static final String FAILURES_OF_POLICIES =
      """
      join policy p on p.domain = r.domain and p.day = r.day and p.report_id = r.id
      """
          + FAILURES_OF_POLICY;

  /** From {@code r}, in any order: it is for the planner how to find so many. */
  static final String FAILURES_OF_REPORTS =
      "join failure_detail f on f.domain = r.domain and f.day = r.day and f.report_id = r.id";

  private static final String FAILURES_AND_POLICIES =
      FAILURES_OF_REPORTS + "\n" + POLICY_OF_FAILURE;

  private Joins() {}

  /**
   * All failures of the reports, in any order, with their policies: a look-up for each policy; but
   * where few failures match, for each of those.
   */
  static String failures(ReportFilter filter) {
    return filter.sendingIps().isEmpty() && filter.mxHosts().isEmpty()
        ? FAILURES_OF_POLICIES
        : FAILURES_AND_POLICIES;
  }
}
