package org.tlsrpt.collector.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** RFC 3339 date-times and what senders write instead of them, in UTC. */
final class Dates {

  private static final int LONGEST = 64;
  private static final Pattern DATE_TIME =
      Pattern.compile(
          """
          (?<date>\\d{4}-\\d{2}-\\d{2})\
          (?:(?<t>[Tt]| +)(?<hour>\\d{2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?\
           *(?<zone>[Zz]|UTC|GMT|(?<sign>[+-])(?<zh>\\d{2})(?::?(?<zm>\\d{2}))?)?)?\
          """);

  /** What RFC 3339 §5.6 allows and its readers expect. */
  private static final Pattern USUAL =
      Pattern.compile(
          """
          \\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})?\
          """);

  private static final String PLAIN = "0000-00-00T00:00:00Z";

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");
  private static final long FIRST_EPOCH = 1_000_000_000L;
  private static final long FIRST_IN_MILLIS = 100_000_000_000L;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  /** The first draft of RFC 8460 is of 2016. */
  private static final Instant FIRST_PLAUSIBLE = Instant.parse("2016-01-01T00:00:00Z");

  private static final Instant NOT_PLAUSIBLE = Instant.parse("2099-01-01T00:00:00Z");

  private Dates() {}

  /** Which of the two dates of a window is read; matters only if a time is missing. */
  enum End {
    START,
    END
  }

  /**
   * Reads a date.
   *
   * @param text as the sender wrote it, a string or a number
   * @param end which end of the window it is
   * @param odd is told everything that had to be put right
   * @return an instant of the years 1 to 9999, {@code null} if there is none in the text
   */
  static @Nullable Instant read(String text, End end, Consumer<Deviation> odd) {
    var instant = instant(text.strip(), end, odd);
    if (instant == null || instant.isBefore(FIRST) || !instant.isBefore(BEYOND)) {
      odd.accept(Deviation.DATE_INVALID);
      return null;
    }
    if (instant.isBefore(FIRST_PLAUSIBLE) || !instant.isBefore(NOT_PLAUSIBLE)) {
      odd.accept(Deviation.DATE_IMPLAUSIBLE);
    }
    return instant;
  }

  private static @Nullable Instant instant(String text, End end, Consumer<Deviation> odd) {
    if (text.length() > LONGEST) {
      return null;
    }
    var plain = PLAIN.length() == text.length() ? ofPlain(text) : null;
    if (plain != null) {
      return plain;
    }
    if (NUMBER.matcher(text).matches()) {
      return ofEpoch(Double.parseDouble(text), odd);
    }
    var parts = DATE_TIME.matcher(text);
    try {
      return parts.matches() ? ofParts(parts, end, odd) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * What nearly all senders write, without a regular expression, which took a third of the time of
   * reading a small report; {@code null} for all that needs a closer look.
   */
  private static @Nullable Instant ofPlain(String text) {
    for (var i = 0; i < PLAIN.length(); i++) {
      var place = PLAIN.charAt(i);
      var character = text.charAt(i);
      if (place == '0' ? character < '0' || character > '9' : character != place) {
        return null;
      }
    }
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    return month >= 1
            && month <= 12
            && day >= 1
            && day <= 28
            && hour < 24
            && minute < 60
            && second < 60
        ? LocalDateTime.of(digits(text, 0, 4), month, day, hour, minute, second)
            .toInstant(ZoneOffset.UTC)
        : null;
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static @Nullable Instant ofEpoch(double number, Consumer<Deviation> odd) {
    if (number < FIRST_EPOCH) {
      return null;
    }
    odd.accept(Deviation.DATE_EPOCH);
    return number < FIRST_IN_MILLIS
        ? Instant.ofEpochSecond((long) number)
        : Instant.ofEpochMilli((long) number);
  }

  private static Instant ofParts(Matcher parts, End end, Consumer<Deviation> odd) {
    var date = LocalDate.parse(parts.group("date"));
    if (parts.group("t") == null) {
      odd.accept(Deviation.DATE_ONLY);
      var time = end == End.START ? LocalTime.MIDNIGHT : LocalTime.of(23, 59, 59);
      return date.atTime(time).toInstant(ZoneOffset.UTC);
    }
    if (!USUAL.matcher(parts.group()).matches()) {
      odd.accept(Deviation.DATE_FORMAT);
    }
    if (parts.group("zone") == null) {
      odd.accept(Deviation.DATE_NO_ZONE);
    }
    return time(parts, date, odd).minusSeconds(offset(parts));
  }

  private static Instant time(Matcher parts, LocalDate date, Consumer<Deviation> odd) {
    int hour = number(parts, "hour");
    int minute = number(parts, "minute");
    int second = number(parts, "second");
    int nano = nano(parts.group("fraction"));
    if (hour == 24 && minute == 0 && second == 0 && nano == 0) {
      odd.accept(Deviation.DATE_HOUR_24);
      return date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (second == 60) {
      odd.accept(Deviation.DATE_LEAP_SECOND);
      second = 59;
    }
    return date.atTime(hour, minute, second, nano).toInstant(ZoneOffset.UTC);
  }

  private static int offset(Matcher parts) {
    if (parts.group("sign") == null) {
      return 0;
    }
    int hours = number(parts, "zh");
    int minutes = number(parts, "zm");
    if (hours > 23 || minutes > 59) {
      throw new DateTimeException("no offset of RFC 3339");
    }
    int seconds = (hours * 60 + minutes) * 60;
    return parts.group("sign").equals("-") ? -seconds : seconds;
  }

  private static int number(Matcher parts, String group) {
    var digits = parts.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nano(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
  }
}
