package org.tlsrpt.collector.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.store.Dimension;
import org.tlsrpt.collector.store.DomainItem;
import org.tlsrpt.collector.store.DomainQueries;
import org.tlsrpt.collector.store.Page;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.SummaryItem;
import org.tlsrpt.collector.store.SummaryQueries;

/** Domains with how they do. */
@Component
class DomainTable {

  /** Of one domain they are few; of hundreds they fit as well. */
  private static final int MOST_SUMS = 10_000;

  private static final int MOST_LOOKED_AT = 500;

  private final DomainQueries domains;
  private final SummaryQueries summaries;
  private final Clock clock;

  DomainTable(DomainQueries domains, SummaryQueries summaries, Clock clock) {
    this.domains = domains;
    this.summaries = summaries;
    this.clock = clock;
  }

  /**
   * By name.
   *
   * @param named these alone; empty for all
   * @param after the last name of the page before; null for the first page
   */
  Page<DomainRow, DomainItem.Position> byName(
      Reach reach, List<String> named, DomainItem.@Nullable Position after, int limit) {
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    var filter = filter(reach, named, null);
    var page = domains.byName(filter, after, limit);
    if (page.items().isEmpty()) {
      return new Page<>(List.of(), null);
    }
    var recent = filter(reach, named, firstOfDays(today));
    return new Page<>(rows(page.items(), recent, today), page.last());
  }

  /** Those that need somebody first; of very many domains the worst are looked at. */
  List<DomainRow> worstFirst(Reach reach, int limit) {
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    var since = firstOfDays(today);
    var items = domains.worst(ReportFilter.all(reach), since, MOST_LOOKED_AT);
    return rows(items, filter(reach, List.of(), since), today).stream()
        .sorted(
            Comparator.comparingInt(DomainTable::urgency)
                .thenComparing(DomainRow::failed, Comparator.reverseOrder())
                .thenComparing(DomainRow::domain))
        .limit(limit)
        .toList();
  }

  private static LocalDate firstOfDays(LocalDate today) {
    return today.minusDays(DomainState.DAYS - 1L);
  }

  private List<DomainRow> rows(List<DomainItem> items, ReportFilter recent, LocalDate today) {
    var sums = new HashMap<String, SummaryItem>();
    sums(recent, items, List.of(Dimension.DOMAIN)).forEach(item -> sums.put(key(item, 0), item));
    var policies = policies(recent, items);
    return items.stream().map(item -> row(item, sums, policies, today)).toList();
  }

  /** Of all domains, as such sums are kept; of very many those that are shown. */
  private List<SummaryItem> sums(ReportFilter recent, List<DomainItem> items, List<Dimension> by) {
    var all = summaries.sum(recent, by, MOST_SUMS);
    if (!all.truncated()) {
      return all.items();
    }
    var names = items.stream().map(DomainItem::domain).toList();
    return summaries.sum(filter(recent.reach(), names, recent.from()), by, MOST_SUMS).items();
  }

  private static int urgency(DomainRow row) {
    return switch (row.state()) {
      case FAILING -> 0;
      case SILENT -> 1;
      case SHAKY -> 2;
      case HEALTHY -> 3;
    };
  }

  private static DomainRow row(
      DomainItem item,
      Map<String, SummaryItem> sums,
      Map<String, Set<String>> policies,
      LocalDate today) {
    var recent = sums.get(item.domain());
    return new DomainRow(
        item.domain(),
        DomainState.of(
            item.lastReport(),
            recent == null ? 0 : recent.successful(),
            recent == null ? 0 : recent.failed(),
            today),
        List.copyOf(policies.getOrDefault(item.domain(), Set.of())),
        item.successful(),
        item.failed(),
        item.lastReport());
  }

  private Map<String, Set<String>> policies(ReportFilter recent, List<DomainItem> items) {
    var by = List.of(Dimension.DOMAIN, Dimension.POLICY_TYPE, Dimension.MODE);
    var policies = new HashMap<String, Set<String>>();
    for (var item : sums(recent, items, by)) {
      var mode = item.keys().get(2);
      policies
          .computeIfAbsent(key(item, 0), domain -> new TreeSet<>())
          .add(key(item, 1) + (mode == null ? "" : " " + mode));
    }
    return policies;
  }

  private static String key(SummaryItem item, int at) {
    return Objects.requireNonNull(item.keys().get(at));
  }

  private static ReportFilter filter(Reach reach, List<String> domains, @Nullable LocalDate from) {
    return ReportFilter.all(reach).about(domains).between(from, null);
  }
}
