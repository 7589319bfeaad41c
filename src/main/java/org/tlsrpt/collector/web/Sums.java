package org.tlsrpt.collector.web;

import java.util.List;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.store.Dimension;
import org.tlsrpt.collector.store.FailureGroupQueries;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportQueries;
import org.tlsrpt.collector.store.SummaryQueries;

/** What the overview and the page of a domain both show. */
@Component
class Sums {

  private static final int NEWEST = 8;

  private final SummaryQueries summaries;
  private final FailureGroupQueries groups;
  private final ReportQueries reports;

  Sums(SummaryQueries summaries, FailureGroupQueries groups, ReportQueries reports) {
    this.summaries = summaries;
    this.groups = groups;
    this.reports = reports;
  }

  /**
   * Sums of a period.
   *
   * @param domains these alone; empty for all
   */
  Overview of(Reach reach, List<String> domains, Period period) {
    var filter = period.filter(reach, domains);
    var days =
        summaries
            .sum(
                period.filter(reach, domains, period.before()),
                List.of(Dimension.DAY),
                2 * period.days())
            .items();
    var before = new Period(period.before(), period.from().minusDays(1), period.days(), true, null);
    var worst = groups.ofNewest(filter, List.of(Dimension.RESULT_TYPE, Dimension.MX), 1);
    return new Overview(
        period,
        Trend.of(period, days),
        Trend.of(before, days),
        worst.isEmpty() ? null : worst.getFirst(),
        Bars.ofSummary(
            summaries.sum(filter, List.of(Dimension.RESULT_TYPE), Bars.MOST + 1).items()),
        Bars.ofGroups(groups.ofNewest(filter, List.of(Dimension.MX), Bars.MOST + 1)),
        Bars.ofSummary(
            summaries.sum(filter, List.of(Dimension.ORGANIZATION), Bars.MOST + 1).items()),
        reports.failures(filter, null, NEWEST).items());
  }
}
