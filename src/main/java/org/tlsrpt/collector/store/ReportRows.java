package org.tlsrpt.collector.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of {@code report} that a filter is about, as something to select {@code from}. */
final class ReportRows {

  private static final String ROWS =
      """
      select r.domain, r.day, r.id, r.organization_name, r.successful, r.failed,
        r.failure_details, r.domains
      from report r
      where {where}""";

  /** Newest first, until there are failures enough. */
  private static final String NEWEST =
      """
      (select r.* from (
        select r.*, sum(r.failure_details) over (order by r.day desc, r.domain desc, r.id desc)
          - r.failure_details as failures_before
        from (select * from {rows} order by r.day desc, r.domain desc, r.id desc limit 1000) as r
      ) as r where r.failures_before < 10000) as r""";

  private ReportRows() {}

  /**
   * All of them, in no order, as {@code r}.
   *
   * @param more conditions besides domain, organization, reach and days
   */
  static Statement of(ReportFilter filter, Conditions more) {
    var texts = new ArrayList<String>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (var slice : Slice.unordered(filter)) {
      var rows =
          Statement.of(
              ROWS,
              new Conditions()
                  .and(slice.conditions())
                  .and(Matching.days(filter, "r.day"))
                  .and(more));
      texts.add(rows.text());
      values.putAll(rows.values());
    }
    return new Statement("(" + String.join("\nunion all\n", texts) + ") as r", values);
  }

  /** Those with the newest failures, as {@code r}. */
  static Statement newestFailing(ReportFilter filter) {
    var rows = of(filter, SummaryPart.FAILURES.onReports(filter));
    return new Statement(NEWEST.replace("{rows}", rows.text()), rows.values());
  }

  /** Whether the filter names no domain that could have rows. */
  static boolean isNone(ReportFilter filter) {
    return List.of().equals(Scope.of(filter).names());
  }
}
