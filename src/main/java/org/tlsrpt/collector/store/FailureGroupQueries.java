package org.tlsrpt.collector.store;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Sums up failures with the days they were seen first and last. */
@Repository
@Transactional(readOnly = true)
public class FailureGroupQueries {

  private static final String GROUPS =
      """
      with part as materialized (
      {part}
      )
      select {keys}, least(sum(failed), 9223372036854775807) as failed,
        count(distinct id) as reports, min(day_of_row) as first_day, max(day_of_row) as last_day
      from part
      group by {keys}
      order by {order}, {keys}
      limit :limit
      """;

  private final Reads reads;

  FailureGroupQueries(Reads reads) {
    this.reads = reads;
  }

  /**
   * Groups failures by one thing or by several together.
   *
   * @param filter which failures
   * @param by at least one, each once
   * @param order of the groups
   * @param limit groups at most, at least 1
   * @return with all failures that match
   */
  public List<FailureGroup> groups(
      ReportFilter filter, List<Dimension> by, FailureGroup.Order order, int limit) {
    return list(
        filter, by, order, limit, ReportRows.of(filter, SummaryPart.FAILURES.onReports(filter)));
  }

  /**
   * The same over the newest failures alone, so that it takes no longer however many there are: at
   * most those of 1,000 reports, and some 10,000 of them.
   *
   * @param filter which failures
   * @param by at least one, each once
   * @param limit groups at most, at least 1
   * @return most sessions first
   */
  public List<FailureGroup> ofNewest(ReportFilter filter, List<Dimension> by, int limit) {
    return list(filter, by, FailureGroup.Order.SESSIONS, limit, ReportRows.newestFailing(filter));
  }

  private List<FailureGroup> list(
      ReportFilter filter,
      List<Dimension> by,
      FailureGroup.Order order,
      int limit,
      Statement rows) {
    if (ReportRows.isNone(filter)) {
      return List.of();
    }
    var where = SummaryPart.FAILURES.matching(filter);
    var keys = IntStream.range(0, by.size()).mapToObj(i -> "key" + i).collect(joining(", "));
    var columns =
        IntStream.range(0, by.size())
            .mapToObj(i -> by.get(i).expression() + " as key" + i)
            .collect(joining(", "));
    var part =
        SummaryPart.FAILURES
            .text(filter)
            .replace("{where}", where.text())
            .replace("{rows}", rows.text())
            .replace("{columns}", columns + ", r.day as day_of_row")
            .replace("{keys}", keys + ", day_of_row");
    var text =
        GROUPS.replace("{part}", part).replace("{order}", order.sql()).replace("{keys}", keys);
    var values = new LinkedHashMap<>(rows.values());
    values.putAll(where.values());
    values.put("limit", limit);
    return reads.begin().list(new Statement(text, values), (row, number) -> group(row, by.size()));
  }

  private static FailureGroup group(ResultSet row, int keys) throws SQLException {
    var values = new ArrayList<@Nullable String>(keys);
    for (var i = 1; i <= keys; i++) {
      values.add(row.getString(i));
    }
    return new FailureGroup(
        values,
        row.getLong("failed"),
        row.getLong("reports"),
        row.getObject("first_day", LocalDate.class),
        row.getObject("last_day", LocalDate.class));
  }
}
