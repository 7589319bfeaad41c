package org.tlsrpt.collector.web;

import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.dnsrecord.RecordLint;

/**
 * What is said about pasted text.
 *
 * @param valid whether senders find one record and a destination they can use
 * @param errors how many of the remarks are
 * @param warnings how many of the remarks are
 * @param lines the records with the offending parts marked; none if they were too many to read
 * @param remarks in the order of the text
 * @param destinations of the record that senders take
 * @param unquoted what the text says, if it is written as in a zone file; else empty
 */
record Judgement(
    boolean valid,
    long errors,
    long warnings,
    List<MarkedText.Line> lines,
    List<Remarks.Remark> remarks,
    List<String> destinations,
    String unquoted) {

  /** More characters than a DNS answer has octets are not read, so there is nothing to mark. */
  private static final int LONGEST_MARKED = 65_535;

  /** Judges text. */
  @Component
  static final class Judge {

    private final Remarks remarks;

    Judge(Remarks remarks) {
      this.remarks = remarks;
    }

    Judgement of(Pasted pasted, Locale locale) {
      var result = RecordLint.lint(pasted.records());
      var shown = remarks.of(result.findings(), pasted.lines()::get, locale);
      boolean readable = pasted.length() <= LONGEST_MARKED && !pasted.isTooMany();
      return new Judgement(
          result.valid(),
          count(shown, "error"),
          count(shown, "warning"),
          readable ? MarkedText.of(pasted, result) : List.of(),
          shown,
          result.rua(),
          readable && !result.valid() ? pasted.unquoted() : "");
    }

    private static long count(List<Remarks.Remark> remarks, String severity) {
      return remarks.stream().filter(remark -> remark.severity().equals(severity)).count();
    }
  }
}
