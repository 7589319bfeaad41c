package org.tlsrpt.collector.store;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The statement for a sum: its {@link SummaryPart} added up by group.
 *
 * <p>In one group an id occurs twice only if its report is about several domains. So only those few
 * ids are compared with each other; all other reports are counted as rows.
 */
final class SummaryStatement {

  private static final String SUM =
      """
      with part as {materialized} (
      {part}
      )
      select {keys}, least(sum(successful), 9223372036854775807) as successful,
        least(sum(failed), 9223372036854775807) as failed, sum(reports) as reports
      from (
        select {keys}, sum(successful) as successful, sum(failed) as failed,
          count(*) filter (where domains = 1) as reports
        from part
        group by {keys}
        union all
        select {keys}, 0, 0, count(distinct id)
        from part
        where domains > 1
        group by {keys}) as sums
      group by {keys}
      order by {order}
      limit :limit
      """;

  private SummaryStatement() {}

  static Statement of(ReportFilter filter, List<Dimension> by, int limit) {
    var part = SummaryPart.of(filter, by);
    var rows = ReportRows.of(filter, part.onReports(filter));
    var where = part.matching(filter);
    var text =
        SUM.replace("{part}", part.text(filter).replace("{where}", where.text()))
            .replace("{rows}", rows.text())
            .replace("{materialized}", part.isCheap() ? "not materialized" : "materialized")
            .replace("{columns}", columns(by))
            .replace("{order}", order(by))
            .replace("{keys}", keys(by));
    var values = new LinkedHashMap<>(rows.values());
    values.putAll(where.values());
    values.put("limit", limit);
    return new Statement(text, values);
  }

  static String columns(List<Dimension> by) {
    return IntStream.range(0, by.size())
        .mapToObj(i -> by.get(i).expression() + " as " + key(i))
        .collect(joining(", "));
  }

  static String keys(List<Dimension> by) {
    return IntStream.range(0, by.size()).mapToObj(SummaryStatement::key).collect(joining(", "));
  }

  static String order(List<Dimension> by) {
    var day = by.indexOf(Dimension.DAY);
    return (day < 0 ? "" : key(day) + " desc, ") + "failed desc, successful desc, {keys}";
  }

  private static String key(int index) {
    return "key" + index;
  }
}
