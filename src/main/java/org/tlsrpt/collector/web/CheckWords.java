package org.tlsrpt.collector.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.Finding;

/** What a look-up says, in the words of one reader. */
record CheckWords(Wording wording, Remarks remarks, Locale locale) {

  Wording.Text text(String english) {
    return wording.in(locale, english);
  }

  List<Wording.Text> texts(List<String> english) {
    return english.stream().map(this::text).toList();
  }

  /** No text for no problem. */
  List<Wording.Text> texts(@Nullable String english) {
    return english == null ? List.of() : List.of(text(english));
  }

  List<Remarks.Remark> remarks(List<Finding> findings) {
    return remarks.of(findings, locale);
  }

  /** The day in UTC. */
  @Nullable String day(@Nullable Instant instant) {
    return instant == null
        ? null
        : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
            .withLocale(locale)
            .format(instant.atZone(ZoneOffset.UTC));
  }
}
