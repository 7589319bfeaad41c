package org.tlsrpt.collector.web;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tlsrpt.collector.store.SummaryItem;

/**
 * Sessions day by day, for a chart and the table beside it.
 *
 * @param days all of the period, oldest first; those without a report have none
 */
record Trend(List<Day> days) {

  /** What was reported of one day. */
  record Day(LocalDate day, long successful, long failed, long reports) {

    public long sessions() {
      return sum(successful, failed);
    }
  }

  /** Sums by day; days outside the period are left out. */
  static Trend of(Period period, List<SummaryItem> items) {
    Map<LocalDate, SummaryItem> byDay = new HashMap<>();
    items.forEach(item -> byDay.put(LocalDate.parse(key(item)), item));
    return new Trend(
        period.list().stream()
            .map(
                day -> {
                  var item = byDay.get(day);
                  return item == null
                      ? new Day(day, 0, 0, 0)
                      : new Day(day, item.successful(), item.failed(), item.reports());
                })
            .toList());
  }

  private static String key(SummaryItem item) {
    return Objects.requireNonNull(item.keys().getFirst());
  }

  /** Saturates, as sums of the store do. */
  static long sum(long a, long b) {
    var sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  public long successful() {
    return days.stream().mapToLong(Day::successful).reduce(0, Trend::sum);
  }

  public long failed() {
    return days.stream().mapToLong(Day::failed).reduce(0, Trend::sum);
  }

  public long sessions() {
    return sum(successful(), failed());
  }

  public long reports() {
    return days.stream().mapToLong(Day::reports).reduce(0, Trend::sum);
  }

  /** For the chart: days. */
  public String labels() {
    return days.stream().map(day -> day.day().toString()).collect(joining(","));
  }

  /** For the chart: sessions that succeeded. */
  public String successes() {
    return days.stream().map(day -> String.valueOf(day.successful())).collect(joining(","));
  }

  /** For the chart: sessions that failed. */
  public String failures() {
    return days.stream().map(day -> String.valueOf(day.failed())).collect(joining(","));
  }

  /** Days with something to tell, newest first. */
  public List<Day> told() {
    return days.stream().filter(day -> day.reports() > 0).toList().reversed();
  }
}
