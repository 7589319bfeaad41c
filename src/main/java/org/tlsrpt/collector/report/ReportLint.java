package org.tlsrpt.collector.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tlsrpt.collector.report.Reading.NotAReport;
import org.tlsrpt.collector.report.Reading.NotJson;
import org.tlsrpt.collector.report.Reading.Read;
import org.tlsrpt.collector.report.Reading.TooLarge;

/**
 * Judges a report by RFC 8460 §4 instead of making the best of it: for authors of senders. Says all
 * that {@link ReportReader} put right, and what it needed not put right but the RFC asks for.
 */
public final class ReportLint {

  private ReportLint() {}

  /**
   * Judges what became of a document.
   *
   * @param reading the reader's answer
   * @param receivedAt when the document came, to tell late windows and future ones
   * @return in the order of the document as far as possible; at most 400
   */
  public static List<Finding> findings(Reading reading, Instant receivedAt) {
    return switch (reading) {
      case Read read -> ofReport(read, receivedAt);
      case NotJson(var reason) -> unreadable("RFC 8259 §2", reason);
      case NotAReport(var reason) -> unreadable("RFC 8460 §4.4", reason);
      case TooLarge(var reason) -> unreadable("RFC 8460 §5.2", reason);
    };
  }

  /**
   * Whether a report with these findings conforms.
   *
   * @return true if none is an error
   */
  public static boolean conforming(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  private static List<Finding> ofReport(Read read, Instant receivedAt) {
    var findings = new ArrayList<Finding>();
    read.notes().forEach(note -> findings.add(ofNote(note)));
    findings.addAll(StrictRules.findings(read.report(), receivedAt));
    return List.copyOf(findings);
  }

  private static Finding ofNote(Note note) {
    for (var deviation : Deviation.values()) {
      if (deviation.code().equals(note.code())) {
        return new Finding(deviation.severity(), deviation.rule(), note.path(), note.message());
      }
    }
    return new Finding(Severity.INFO, "", note.path(), note.message());
  }

  private static List<Finding> unreadable(String rule, String reason) {
    return List.of(new Finding(Severity.ERROR, rule, "", reason));
  }
}
