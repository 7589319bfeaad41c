package org.tlsrpt.collector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Lists the policy domains that reports are about. */
@Repository
@Transactional(readOnly = true)
public class DomainQueries {

  private static final int DAYS = 30;

  /** A report without a day counts as of 1970; of days to come nobody knows anything yet. */
  private static final String DOMAINS =
      """
      select r.domain,
        min(r.day) filter (where r.day > '1970-01-01' and r.day <= :today) as first_seen,
        max(r.day) filter (where r.day > '1970-01-01' and r.day <= :today) as last_report,
        least(coalesce(sum(r.successful) filter (where r.day between :since and :today), 0),
          9223372036854775807) as successful,
        least(coalesce(sum(r.failed) filter (where r.day between :since and :today), 0),
          9223372036854775807) as failed
      from {rows}
      group by r.domain
      order by r.domain
      limit :limit
      """;

  /** Those that need somebody: most failures in the days before, else silent for longest. */
  private static final String WORST =
      DOMAINS.replace(
          "order by r.domain",
          """
          order by coalesce(sum(r.failed) filter (where r.day between :recently and :today), 0) desc,
            last_report nulls first, r.domain""");

  /** In place of reports: what they come to, by day and domain. */
  private static final String KEPT_ROWS =
      """
      (select * from (
        select s.keys[1] as domain, s.day, s.successful, s.failed from day_sum s
        where {unchanged}
        union all
        select r.domain, r.day, r.successful, r.failed from report r
        where {changed}) as r
      where {where}) as r""";

  private static final String REPORTERS =
      """
      select r.domain, count(distinct r.organization_name) as reporters
      from {rows}
      group by r.domain
      """;

  private final Reads reads;
  private final Clock clock;

  DomainQueries(Reads reads, Clock clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * Lists domains by name.
   *
   * @param filter which reports to look at
   * @param after the end of the page before; {@code null} for the first
   * @param limit items at most, at least 1
   * @return in the order of their characters
   */
  public Page<DomainItem, DomainItem.Position> domains(
      ReportFilter filter, DomainItem.@Nullable Position after, int limit) {
    var query = reads.begin();
    var page = byName(query, filter, after, limit);
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    return new Page<>(withReporters(query, filter, today, page.items()), page.last());
  }

  /**
   * The same without the numbers of reporters, which take longer than all the rest.
   *
   * @param filter which reports to look at
   * @param after the end of the page before; {@code null} for the first
   * @param limit items at most, at least 1
   * @return in the order of their characters
   */
  public Page<DomainItem, DomainItem.Position> byName(
      ReportFilter filter, DomainItem.@Nullable Position after, int limit) {
    return byName(reads.begin(), filter, after, limit);
  }

  private Page<DomainItem, DomainItem.Position> byName(
      Reads.Query query, ReportFilter filter, DomainItem.@Nullable Position after, int limit) {
    if (ReportRows.isNone(filter)) {
      return new Page<>(List.of(), null);
    }
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    var where = new Conditions();
    if (after != null) {
      where.and("r.domain > :after", "after", after.domain());
    }
    var found = list(query, DOMAINS, filter, where, today, limit + 1);
    var shown = found.subList(0, Math.min(limit, found.size()));
    var last = found.size() > limit ? new DomainItem.Position(shown.getLast().domain()) : null;
    return new Page<>(shown, last);
  }

  /**
   * Lists domains, those first that need somebody: with most failed sessions of late, then silent
   * for longest.
   *
   * @param filter which reports to look at
   * @param recently first day of those in which failures count
   * @param limit items at most, at least 1
   * @return without the numbers of their reporters
   */
  public List<DomainItem> worst(ReportFilter filter, LocalDate recently, int limit) {
    if (ReportRows.isNone(filter)) {
      return List.of();
    }
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    var where = new Conditions().with("recently", recently);
    return list(reads.begin(), WORST, filter, where, today, limit);
  }

  private static List<DomainItem> list(
      Reads.Query query,
      String text,
      ReportFilter filter,
      Conditions where,
      LocalDate today,
      int limit) {
    where
        .and(Matching.reports(filter))
        .with("today", today)
        .with("since", firstOfDays(today))
        .with("limit", limit);
    var statement =
        KeptSums.areOfAll(filter)
            ? overKept(text, filter, where, DayChanges.of(filter, query))
            : over(text, filter, where);
    return query.list(statement, DomainQueries::item);
  }

  private static List<DomainItem> withReporters(
      Reads.Query query, ReportFilter filter, LocalDate today, List<DomainItem> items) {
    if (items.isEmpty()) {
      return items;
    }
    var where =
        new Conditions()
            .and("r.day between :since and :today")
            .with("since", firstOfDays(today))
            .with("today", today)
            .and("r.domain = any(cast(:page as text[]))")
            .with("page", Conditions.array(items.stream().map(DomainItem::domain).toList()))
            .and(Matching.reports(filter));
    Map<String, Long> reporters = new LinkedHashMap<>();
    query
        .list(over(REPORTERS, filter, where), DomainQueries::reporters)
        .forEach(domain -> reporters.put(domain.name(), domain.reporters()));
    return items.stream()
        .map(item -> item.withReporters(reporters.getOrDefault(item.domain(), 0L)))
        .toList();
  }

  private static Statement over(String text, ReportFilter filter, Conditions where) {
    var rows = ReportRows.of(filter, where);
    return new Statement(text.replace("{rows}", rows.text()), rows.values());
  }

  private static Statement overKept(
      String text, ReportFilter filter, Conditions where, Collection<LocalDate> changed) {
    var values = new LinkedHashMap<>(where.values());
    var direct = new Conditions().and(KeptSums.CHANGED).and(Matching.days(filter, "r.day"));
    values.putAll(direct.values());
    var rows =
        KEPT_ROWS
            .replace(
                "{unchanged}",
                KeptSums.unchanged(filter, KeptSums.name(List.of(Dimension.DOMAIN)), values))
            .replace("{changed}", direct.text())
            .replace("{where}", where.text());
    values.put("changed", Conditions.array(changed));
    return new Statement(text.replace("{rows}", rows), values);
  }

  private static LocalDate firstOfDays(LocalDate today) {
    return today.minusDays(DAYS - 1);
  }

  private record Reporters(String name, long reporters) {}

  private static Reporters reporters(ResultSet row, int number) throws SQLException {
    return new Reporters(row.getString("domain"), row.getLong("reporters"));
  }

  private static DomainItem item(ResultSet row, int number) throws SQLException {
    return new DomainItem(
        row.getString("domain"),
        row.getObject("first_seen", LocalDate.class),
        row.getObject("last_report", LocalDate.class),
        0,
        row.getLong("successful"),
        row.getLong("failed"));
  }
}
