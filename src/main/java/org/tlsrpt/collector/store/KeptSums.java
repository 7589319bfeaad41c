package org.tlsrpt.collector.store;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums over all domains that are kept for each day, {@code day_sum}, and the statements that use
 * them: kept sums for the days that have not changed, rows for those that have. A day's sums can be
 * added because all rows of a report are of one day.
 */
final class KeptSums {

  /** What is kept; the last is what the policies of each domain are. */
  static final List<List<Dimension>> ALL =
      List.of(
          List.of(),
          List.of(Dimension.DOMAIN),
          List.of(Dimension.ORGANIZATION),
          List.of(Dimension.POLICY_TYPE),
          List.of(Dimension.MODE),
          List.of(Dimension.RESULT_TYPE),
          List.of(Dimension.MX),
          List.of(Dimension.REASON_CODE),
          List.of(Dimension.DOMAIN, Dimension.POLICY_TYPE, Dimension.MODE));

  private static final String SUM =
      """
      select {keys}, least(sum(successful), 9223372036854775807) as successful,
        least(sum(failed), 9223372036854775807) as failed, sum(reports) as reports
      from (
        select {kept}, s.successful, s.failed, s.reports
        from day_sum s
        where {days}
        union all
        select {keys}, sum(successful), sum(failed), count(*) filter (where domains = 1)
        from (
      {changed}) as changed
        group by {keys}
        union all
        select {keys}, 0, 0, count(distinct id)
        from (
      {several}) as several
        group by {keys}) as sums
      group by {keys}
      order by {order}
      limit :limit
      """;

  /** A day's, to be kept. Reports about several domains are not counted. */
  private static final String KEEP =
      """
      insert into day_sum (day, dimensions, keys, successful, failed, reports)
      select cast(:day as date), :dimensions, cast(array[{keys}] as text[]),
        least(sum(successful), 9223372036854775807), least(sum(failed), 9223372036854775807),
        count(*) filter (where domains = 1)
      from (
      {part}) as part
      group by {groups}
      """;

  /** On {@code r}: days that have changed, {@code :changed}. */
  static final String CHANGED = "r.day = any(cast(:changed as date[]))";

  private static final String SEVERAL = "r.domains > 1";

  private KeptSums() {}

  /** Whether a filter asks for nothing but days, and groups for something that is kept. */
  static boolean cover(ReportFilter filter, List<Dimension> by) {
    return areOfAll(filter) && ALL.contains(keys(by));
  }

  /** Whether a filter asks for nothing but days. */
  static boolean areOfAll(ReportFilter filter) {
    return Scope.of(filter).isAll() && !filter.asksPolicies() && !filter.asksFailures();
  }

  /** The dimensions as they are kept: in their own order, without the day. */
  private static List<Dimension> keys(List<Dimension> by) {
    return by.stream().filter(dimension -> dimension != Dimension.DAY).sorted().toList();
  }

  static String name(List<Dimension> keys) {
    return keys.stream().map(Dimension::name).collect(joining(","));
  }

  /**
   * A sum.
   *
   * @param changed the days that are not taken from what is kept
   */
  static Statement of(
      ReportFilter filter, List<Dimension> by, int limit, Collection<LocalDate> changed) {
    var values = new LinkedHashMap<String, Object>();
    var text =
        SUM.replace("{changed}", part(filter, by, CHANGED, values))
            .replace("{several}", part(filter, by, SEVERAL, values))
            .replace("{days}", unchanged(filter, name(keys(by)), values))
            .replace("{kept}", kept(by))
            .replace("{order}", SummaryStatement.order(by))
            .replace("{keys}", SummaryStatement.keys(by));
    values.put("changed", Conditions.array(changed));
    values.put("limit", limit);
    return new Statement(text, values);
  }

  /** The rows to be added up, of some reports only. */
  private static String part(
      ReportFilter filter, List<Dimension> by, String only, Map<String, Object> values) {
    var part = SummaryPart.of(filter, by);
    var rows = ReportRows.of(filter, part.onReports(filter).and(only));
    var where = part.matching(filter).and(only);
    values.putAll(rows.values());
    values.putAll(where.values());
    return part.text(filter)
        .replace("{where}", where.text())
        .replace("{rows}", rows.text())
        .replace("{columns}", SummaryStatement.columns(by))
        .replace("{keys}", SummaryStatement.keys(by));
  }

  /** On {@code s}: kept sums of days that a filter is about and that have not changed. */
  static String unchanged(ReportFilter filter, String dimensions, Map<String, Object> values) {
    var days =
        new Conditions()
            .and("s.dimensions = :dimensions", "dimensions", dimensions)
            .and(Matching.days(filter, "s.day"))
            .and("s.day <> all(cast(:changed as date[]))");
    values.putAll(days.values());
    return days.text();
  }

  private static String kept(List<Dimension> by) {
    var keys = keys(by);
    var columns = new ArrayList<String>();
    for (var i = 0; i < by.size(); i++) {
      var dimension = by.get(i);
      columns.add(
          (dimension == Dimension.DAY ? "s.day" : "s.keys[" + (keys.indexOf(dimension) + 1) + "]")
              + " as key"
              + i);
    }
    return String.join(", ", columns);
  }

  /** Adds up a day in one of the ways that are kept. */
  static Statement keep(LocalDate day, List<Dimension> keys) {
    var filter = ReportFilter.all(new Reach.Everything()).between(day, day);
    var values = new LinkedHashMap<String, Object>();
    // The total of a day is grouped by the day, which is then no key.
    var by = keys.isEmpty() ? List.of(Dimension.DAY) : keys;
    var text =
        KEEP.replace("{part}", part(filter, by, "true", values))
            .replace("{groups}", SummaryStatement.keys(by))
            .replace("{keys}", keys.isEmpty() ? "" : SummaryStatement.keys(keys));
    values.put("day", day);
    values.put("dimensions", name(keys));
    return new Statement(text, values);
  }
}
