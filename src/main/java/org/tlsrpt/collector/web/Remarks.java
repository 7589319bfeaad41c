package org.tlsrpt.collector.web;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.dnsrecord.Finding;

/** Findings in the reader's words. */
@Component
class Remarks {

  private static final Pattern RECORD = Pattern.compile("records\\[(\\d{1,5})](?::(\\d{1,6}))?");
  private static final Pattern DESTINATION = Pattern.compile("rua\\[(\\d{1,5})]");

  private final Wording wording;
  private final MessageSource messages;

  Remarks(Wording wording, MessageSource messages) {
    this.wording = wording;
    this.messages = messages;
  }

  /**
   * A finding as a page shows it.
   *
   * @param severity {@code error}, {@code warning} or {@code info}
   * @param place where, in words
   * @param rule what says so
   * @param message what is wrong and what to do
   */
  record Remark(String severity, String place, String rule, Wording.Text message) {}

  /**
   * What matters most first: notes of the generator, and findings about records that are shown
   * numbered.
   */
  List<Remark> of(List<Finding> findings, Locale locale) {
    return of(findings, at -> at + 1, locale);
  }

  /**
   * Findings about pasted text.
   *
   * @param line the line, counted from 1, on which a record stands, counted from 0
   */
  List<Remark> of(List<Finding> findings, IntUnaryOperator line, Locale locale) {
    return findings.stream()
        .sorted(Comparator.comparing(Finding::severity))
        .map(
            finding ->
                new Remark(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    place(finding.path(), line, locale),
                    rule(finding.rule(), locale),
                    wording.in(locale, finding.message())))
        .toList();
  }

  private String rule(String rule, Locale locale) {
    return rule.equals("interoperability") ? say("rule.interoperability", locale) : rule;
  }

  /** {@code records[0]:17} as "line 1, character 18". */
  private String place(String path, IntUnaryOperator line, Locale locale) {
    var record = RECORD.matcher(path);
    if (record.matches()) {
      var number = line.applyAsInt(Integer.parseInt(record.group(1)));
      return record.group(2) == null
          ? say("place.line", locale, number)
          : say("place.character", locale, number, 1 + Integer.parseInt(record.group(2)));
    }
    var destination = DESTINATION.matcher(path);
    if (destination.matches()) {
      return say("place.destination", locale, 1 + Integer.parseInt(destination.group(1)));
    }
    return Objects.requireNonNullElse(
        messages.getMessage("place." + path, null, null, locale), path);
  }

  private String say(String key, Locale locale, Object... arguments) {
    return messages.getMessage(key, arguments, locale);
  }
}
