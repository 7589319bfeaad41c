package org.tlsrpt.collector.web;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a domain does, by what was reported of the last seven days. The first that holds counts.
 *
 * @see #of
 */
enum DomainState {
  /** No report is about any of the last four days, today among them. */
  SILENT("unknown"),
  /** One session of a hundred failed, or more. */
  FAILING("error"),
  /** Some failed. */
  SHAKY("warning"),
  /** None failed. */
  HEALTHY("good");

  /** The days that are looked at. */
  static final int DAYS = 7;

  private static final int SILENT_AFTER = 3;
  private static final long ONE_IN = 100;

  private final String mood;

  DomainState(String mood) {
    this.mood = mood;
  }

  static DomainState of(
      @Nullable LocalDate lastReport, long successful, long failed, LocalDate today) {
    if (lastReport == null || lastReport.isBefore(today.minusDays(SILENT_AFTER))) {
      return SILENT;
    }
    if (failed == 0) {
      return HEALTHY;
    }
    return failed >= Trend.sum(successful, failed) / ONE_IN ? FAILING : SHAKY;
  }

  /** A class of the style sheet. */
  public String mood() {
    return mood;
  }

  /** A key of the messages. */
  public String word() {
    return "state." + name().toLowerCase(Locale.ROOT);
  }
}
