package org.tlsrpt.collector.web;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something day by day, drawn as one line: a tick for each day with a report, a tall one where
 * sessions failed, nothing where nobody reported.
 *
 * @param name what it is about; null where senders named none
 * @param more what else it is about; null if nothing
 * @param length days of the period
 * @param ticks oldest first
 */
record Strip(@Nullable String name, @Nullable String more, int length, List<Tick> ticks) {

  /**
   * A day of it.
   *
   * @param at days since the first of the period
   */
  record Tick(int at, LocalDate day, long successful, long failed) {}

  public long successful() {
    return ticks.stream().mapToLong(Tick::successful).reduce(0, Trend::sum);
  }

  public long failed() {
    return ticks.stream().mapToLong(Tick::failed).reduce(0, Trend::sum);
  }

  /** Days with a report. */
  public int days() {
    return ticks.size();
  }

  public LocalDate first() {
    return ticks.getFirst().day();
  }

  public LocalDate last() {
    return ticks.getLast().day();
  }

  /** Days without a report between the first and the last with one. */
  public long gaps() {
    return ChronoUnit.DAYS.between(first(), last()) + 1 - days();
  }

  /** Days without a report since the last one, up to the end of the period. */
  public long since() {
    return length - 1L - ticks.getLast().at();
  }

  /** Collects the days of several strips. */
  static final class Collector {

    private final Period period;
    private final Map<List<String>, TreeMap<LocalDate, Tick>> found =
        new TreeMap<>(Collector::compare);

    Collector(Period period) {
      this.period = period;
    }

    private static int compare(List<String> a, List<String> b) {
      for (int at = 0; at < a.size(); at++) {
        var order = a.get(at).compareTo(b.get(at));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    void add(
        String day, @Nullable String name, @Nullable String more, long successful, long failed) {
      var date = LocalDate.parse(day);
      var at = Math.toIntExact(ChronoUnit.DAYS.between(period.from(), date));
      found
          .computeIfAbsent(List.of(key(name), key(more)), key -> new TreeMap<>())
          .merge(date, new Tick(at, date, successful, failed), Collector::together);
    }

    private static Tick together(Tick a, Tick b) {
      return new Tick(
          a.at(),
          a.day(),
          Trend.sum(a.successful(), b.successful()),
          Trend.sum(a.failed(), b.failed()));
    }

    /** Nothing sorts before everything. */
    private static String key(@Nullable String name) {
      return Objects.requireNonNullElse(name, "");
    }

    /** Those with most failures first, then those with most days. */
    List<Strip> strips(int most) {
      var strips = new ArrayList<Strip>();
      found.forEach(
          (names, days) ->
              strips.add(
                  new Strip(
                      orNull(names.getFirst()),
                      orNull(names.getLast()),
                      period.days(),
                      List.copyOf(days.values()))));
      strips.sort(Comparator.comparingLong(Strip::failed).thenComparingInt(Strip::days).reversed());
      return List.copyOf(strips.subList(0, Math.min(most, strips.size())));
    }

    private static @Nullable String orNull(String name) {
      return name.isEmpty() ? null : name;
    }
  }
}
