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

  /** Whether the filter names no domain that could have rows. */
  static boolean isNone(ReportFilter filter) {
    return List.of().equals(Scope.of(filter).names());
  }
}
