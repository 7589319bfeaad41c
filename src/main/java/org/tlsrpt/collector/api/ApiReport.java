package org.tlsrpt.collector.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.store.ReportItem;
import org.tlsrpt.collector.store.WholeReport;

/**
 * The shape of what {@link WholeReportWriter} writes, for the description of the API: nobody ever
 * holds as much at once.
 */
record ApiReport(
    UUID id,
    List<String> domains,
    @Nullable String organization,
    @Nullable String contact,
    @Nullable String reportId,
    @Nullable Instant start,
    @Nullable Instant end,
    Instant receivedAt,
    @Nullable String recipientDomain,
    long successful,
    long failed,
    ReportItem.Source source,
    List<Note> notes,
    List<PolicyWithFailures> policies) {

  /** A policy as {@link WholeReport.Policy}, without its place. */
  record PolicyWithFailures(
      String type,
      String domain,
      @Nullable String mode,
      List<String> strings,
      List<String> mxHosts,
      long successful,
      long failed,
      List<Failure> failures) {}

  /** A failure as {@link WholeReport.Failure}, without its place. */
  record Failure(
      String resultType,
      long sessions,
      @Nullable String sendingMtaIp,
      @Nullable String receivingMx,
      @Nullable String receivingMxHelo,
      @Nullable String receivingIp,
      @Nullable String additionalInformation,
      @Nullable String reasonCode) {}
}
