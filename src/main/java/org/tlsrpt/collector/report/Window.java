package org.tlsrpt.collector.report;

import static org.tlsrpt.collector.report.Member.DATE_RANGE;
import static org.tlsrpt.collector.report.Member.END_DATETIME;
import static org.tlsrpt.collector.report.Member.START_DATETIME;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Member.Scope;
import org.tlsrpt.collector.report.TlsReport.DateRange;

/** Reads {@code date-range} (RFC 8460 §4.4): meant to be a UTC day, any span in practice. */
final class Window {

  private static final Duration LONGEST = Duration.ofDays(8);

  private final Tokens tokens;
  private final Values values;
  private final Notes notes;

  private boolean isThere;
  private boolean hasStart;
  private boolean hasEnd;
  private @Nullable Instant start;
  private @Nullable Instant end;

  Window(Tokens tokens, Values values, Notes notes) {
    this.tokens = tokens;
    this.values = values;
    this.notes = notes;
  }

  /** Reads the value of {@code date-range}. */
  void read() {
    forget();
    isThere = tokens.isObject();
    if (isThere) {
      tokens.object(Scope.DATE_RANGE, this::member);
      missing(START_DATETIME, hasStart);
      missing(END_DATETIME, hasEnd);
    } else {
      tokens.skip();
    }
  }

  /** The window, the right way round. */
  DateRange finish() {
    missing(DATE_RANGE, isThere);
    if (start == null || end == null) {
      return new DateRange(start, end);
    }
    if (Duration.between(start, end).abs().compareTo(LONGEST) > 0) {
      notes.member(DATE_RANGE, Deviation.RANGE_LONG);
    }
    if (!end.isBefore(start)) {
      return new DateRange(start, end);
    }
    notes.member(DATE_RANGE, Deviation.RANGE_REVERSED);
    return new DateRange(end, start);
  }

  private void member(Member member) {
    boolean given = !tokens.isNothing();
    switch (member) {
      case START_DATETIME -> {
        hasStart = given;
        start = values.date(member, Dates.End.START);
      }
      case END_DATETIME -> {
        hasEnd = given;
        end = values.date(member, Dates.End.END);
      }
      default -> tokens.skip();
    }
  }

  private void missing(Member member, boolean given) {
    if (!given) {
      notes.member(member, Deviation.DATE_MISSING);
    }
  }

  private void forget() {
    hasStart = false;
    hasEnd = false;
    start = null;
    end = null;
  }
}
