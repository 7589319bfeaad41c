package org.tlsrpt.collector.report;

import java.util.List;

/** What became of the bytes given to a {@link ReportReader}. */
public sealed interface Reading {

  /**
   * The bytes are a report.
   *
   * @param report the report, put right
   * @param notes one per deviation put right, bounded in number
   * @param domainInferred whether at least one policy domain was missing in the document, so that
   *     the report's rows depend on the path it was posted to
   */
  record Read(TlsReport report, List<Note> notes, boolean domainInferred) implements Reading {

    /** Copies the list. */
    public Read {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The bytes are not JSON text that can be read: cut short, wrong encoding, nested too deep.
   *
   * @param reason one sentence for the sender's author, without any of the sender's text
   */
  record NotJson(String reason) implements Reading {}

  /**
   * Readable JSON that is no TLS report.
   *
   * @param reason one sentence for the sender's author, without any of the sender's text
   */
  record NotAReport(String reason) implements Reading {}

  /**
   * A report beyond a limit of {@link ReportReader.Limits}.
   *
   * @param reason one sentence naming the limit
   */
  record TooLarge(String reason) implements Reading {}
}
