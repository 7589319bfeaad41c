package org.tlsrpt.collector.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport;

/**
 * A report on its way into the archive.
 *
 * @param id made of the content: the same bytes always have the same id
 * @param report what the reader made of the bytes
 * @param notes what the reader put right
 * @param domainInferred whether a policy domain was missing, so that the rows' keys depend on more
 *     than the content
 * @param document the JSON as received, gzip
 * @param recipientDomain from the path it was posted to
 * @param source where it came from
 */
public record NewReport(
    UUID id,
    TlsReport report,
    List<Note> notes,
    boolean domainInferred,
    byte[] document,
    @Nullable String recipientDomain,
    Source source) {

  /** Copies the list. */
  public NewReport {
    notes = List.copyOf(notes);
  }

  /**
   * Where a report came from. Nothing of it is authenticated.
   *
   * @param channel {@code https}, {@code import} …
   * @param ip canonical text of the peer's address
   * @param userAgent as sent, bounded
   * @param receivedAt when its bytes were complete
   */
  public record Source(
      String channel, @Nullable String ip, @Nullable String userAgent, Instant receivedAt) {}
}
