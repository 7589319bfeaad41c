package org.tlsrpt.collector.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;

/**
 * The days a page is about, both inclusive.
 *
 * @param days how many
 * @param own whether somebody chose the two days
 * @param problem key of what is wrong with what was asked for; null if nothing is
 */
record Period(LocalDate from, LocalDate to, int days, boolean own, @Nullable String problem) {

  private static final List<String> USUAL = List.of("7", "30", "90");
  private static final int OTHERWISE = 30;
  private static final int LONGEST = 400;

  /**
   * What was asked for: {@code days} up to today, or {@code from} and {@code to}.
   *
   * @param today in UTC
   */
  static Period of(MultiValueMap<String, String> parameters, LocalDate today) {
    var from = text(parameters, "from");
    var to = text(parameters, "to");
    if (from != null || to != null) {
      return between(from, to, today);
    }
    var days = text(parameters, "days");
    if (days != null && !USUAL.contains(days)) {
      return upTo(today, OTHERWISE, "period.unknown");
    }
    return upTo(today, days == null ? OTHERWISE : Integer.parseInt(days), null);
  }

  private static Period between(@Nullable String from, @Nullable String to, LocalDate today) {
    try {
      var last = to == null ? today : LocalDate.parse(to);
      var first = from == null ? last.minusDays(OTHERWISE - 1L) : LocalDate.parse(from);
      var days = ChronoUnit.DAYS.between(first, last) + 1;
      if (first.getYear() < 1970 || last.getYear() > 9999) {
        return upTo(today, OTHERWISE, "period.unknown");
      }
      if (days < 1 || days > LONGEST) {
        return upTo(today, OTHERWISE, days < 1 ? "period.backwards" : "period.long");
      }
      return new Period(first, last, Math.toIntExact(days), true, null);
    } catch (DateTimeException e) {
      return upTo(today, OTHERWISE, "period.unknown");
    }
  }

  private static Period upTo(LocalDate today, int days, @Nullable String problem) {
    return new Period(today.minusDays(days - 1L), today, days, false, problem);
  }

  private static @Nullable String text(MultiValueMap<String, String> parameters, String name) {
    var text = parameters.getFirst(name);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The first day of the period before this one, of the same length. */
  LocalDate before() {
    return from.minusDays(days);
  }

  /** The days, oldest first. */
  List<LocalDate> list() {
    return from.datesUntil(to.plusDays(1)).toList();
  }

  /** All reports of these days. */
  ReportFilter filter(Reach reach, List<String> domains) {
    return filter(reach, domains, from);
  }

  /** The same from another day on. */
  ReportFilter filter(Reach reach, List<String> domains, LocalDate first) {
    return ReportFilter.all(reach).about(domains).between(first, to);
  }
}
