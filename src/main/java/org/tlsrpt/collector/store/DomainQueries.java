package org.tlsrpt.collector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    if (ReportRows.isNone(filter)) {
      return new Page<>(List.of(), null);
    }
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    var query = reads.begin();
    var found = query.list(domainsBehind(filter, after, today, limit + 1), DomainQueries::item);
    var shown = found.subList(0, Math.min(limit, found.size()));
    var last = found.size() > limit ? new DomainItem.Position(shown.getLast().domain()) : null;
    return new Page<>(withReporters(query, filter, today, shown), last);
  }

  private static Statement domainsBehind(
      ReportFilter filter, DomainItem.@Nullable Position after, LocalDate today, int limit) {
    var where = new Conditions().and(Matching.reports(filter));
    if (after != null) {
      where.and("r.domain > :after", "after", after.domain());
    }
    return over(
        DOMAINS,
        filter,
        where.with("today", today).with("since", firstOfDays(today)).with("limit", limit));
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
