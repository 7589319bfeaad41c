package org.tlsrpt.collector.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.FailureGroup;
import org.tlsrpt.collector.store.FailureItem;

/**
 * How things stand in a period.
 *
 * @param now day by day
 * @param before the days before, as many
 * @param worst what failed most, by result type and MX; null if nothing did
 * @param results failures by result type
 * @param hosts failures by MX
 * @param senders failures by who reported them
 * @param newest failures
 */
record Overview(
    Period period,
    Trend now,
    Trend before,
    @Nullable FailureGroup worst,
    Bars results,
    Bars hosts,
    Bars senders,
    List<FailureItem> newest) {

  private static final double NOTABLE = 0.1;

  /** The part of sessions that failed. */
  public double share() {
    return share(now);
  }

  /** The same in the days before. */
  public double shareBefore() {
    return share(before);
  }

  private static double share(Trend trend) {
    return trend.sessions() == 0 ? 0 : (double) trend.failed() / (double) trend.sessions();
  }

  /** A key of the messages: how the two compare. */
  public String comparison() {
    if (before.sessions() == 0) {
      return "compared.nothing";
    }
    if (share() > shareBefore() * (1 + NOTABLE)) {
      return "compared.more";
    }
    return share() < shareBefore() * (1 - NOTABLE) ? "compared.less" : "compared.same";
  }

  /** A class of the style sheet. */
  public String mood() {
    if (now.reports() == 0) {
      return "unknown";
    }
    if (now.failed() == 0) {
      return "good";
    }
    return share() >= 0.01 ? "error" : "warning";
  }
}
