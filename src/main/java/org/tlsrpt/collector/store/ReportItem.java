package org.tlsrpt.collector.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;

/**
 * A report as far as one policy domain is concerned.
 *
 * @param id made of the content
 * @param domain policy domain
 * @param organization who answers for the report; a claim
 * @param contact as written
 * @param reportId the sender's own id
 * @param start of the window
 * @param end of the window
 * @param receivedAt when it arrived first
 * @param recipientDomain from the path it was posted to
 * @param successful sessions, each counted once
 * @param failed sessions, each counted once
 * @param source where it came from
 * @param notes what was put right in the report as a whole and in its policies for this domain
 */
public record ReportItem(
    UUID id,
    String domain,
    @Nullable String organization,
    @Nullable String contact,
    @Nullable String reportId,
    @Nullable Instant start,
    @Nullable Instant end,
    Instant receivedAt,
    @Nullable String recipientDomain,
    long successful,
    long failed,
    Source source,
    List<Note> notes) {

  ReportItem withNotes(List<Note> some) {
    return new ReportItem(
        id,
        domain,
        organization,
        contact,
        reportId,
        start,
        end,
        receivedAt,
        recipientDomain,
        successful,
        failed,
        source,
        some);
  }

  /**
   * Where a report came from. Nothing of it is authenticated.
   *
   * @param channel {@code https}, {@code import} …
   * @param ip canonical text
   * @param userAgent as sent
   */
  public record Source(String channel, @Nullable String ip, @Nullable String userAgent) {}
}
