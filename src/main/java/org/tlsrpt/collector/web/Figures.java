package org.tlsrpt.collector.web;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Numbers, days and moments as the reader writes them: in the words of the page's language, in the
 * order of the reader's country where both are known. All times are UTC.
 */
@Component("say")
class Figures {

  private static final String NONE = "–";
  private static final int MANY = 10;
  private static final double SMALLEST = 0.0001;

  /** A whole number. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(locale()).format(number);
  }

  /** A part of a whole; never nothing or all by rounding alone. */
  public String share(long part, long whole) {
    if (whole <= 0) {
      return NONE;
    }
    var share = (double) part / (double) whole;
    if (part > 0 && share < SMALLEST) {
      return "< " + percent(SMALLEST);
    }
    return part < whole && share > 1 - SMALLEST ? "> " + percent(1 - SMALLEST) : percent(share);
  }

  private static String percent(double share) {
    var format = NumberFormat.getPercentInstance(locale());
    format.setMaximumFractionDigits(share < 0.1 || share > 0.9 ? 2 : 1);
    return format.format(share);
  }

  /** A change in per cent of what was before, or a factor; a dash where there was nothing. */
  public String change(double now, double before) {
    if (before <= 0) {
      return NONE;
    }
    if (now >= MANY * before) {
      return "× " + number(Math.round(now / before));
    }
    var change = (now - before) / before;
    var format = NumberFormat.getPercentInstance(locale());
    return (change > 0 ? "+" : "") + format.format(change);
  }

  /** A day. */
  public String day(@Nullable LocalDate day) {
    return day == null || day.equals(LocalDate.EPOCH)
        ? NONE
        : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale()).format(day);
  }

  /** A moment, to the minute, in UTC. */
  public String moment(@Nullable Instant moment) {
    return moment == null
        ? NONE
        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale())
                .withZone(ZoneOffset.UTC)
                .format(moment)
            + " UTC";
  }

  /** Bytes, in the largest unit that leaves a whole number. */
  public String bytes(long bytes) {
    if (bytes < 10_000) {
      return number(bytes) + " B";
    }
    return bytes < 10_000_000 ? number(bytes / 1_000) + " kB" : number(bytes / 1_000_000) + " MB";
  }

  private static Locale locale() {
    var page = LocaleContextHolder.getLocale();
    if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
      var reader = request.getRequest().getLocale();
      return reader.getLanguage().equals(page.getLanguage()) ? reader : page;
    }
    return page;
  }
}
