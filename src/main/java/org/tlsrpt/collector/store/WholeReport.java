package org.tlsrpt.collector.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;

/**
 * A report over all its policy domains, without its failures: there can be 200,000 of them, see
 * {@link ReportQueries#eachFailure}.
 *
 * @param id made of the content
 * @param domains policy domains
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
 * @param notes what was put right
 * @param policies in the sender's order
 */
public record WholeReport(
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
    List<Policy> policies) {

  /**
   * A policy of the report.
   *
   * @param n its place in the report
   * @param type {@code sts}, {@code tlsa}, {@code no-policy-found} or what the sender wrote
   * @param domain policy domain
   * @param mode {@code enforce}, {@code testing}, {@code none}
   * @param strings lines of the policy or TLSA records
   * @param mxHosts MX patterns of the policy
   * @param successful sessions
   * @param failed sessions
   */
  public record Policy(
      int n,
      String type,
      String domain,
      @Nullable String mode,
      List<String> strings,
      List<String> mxHosts,
      long successful,
      long failed) {}

  /**
   * A failure of one of its policies.
   *
   * @param n place of the policy in the report
   * @param resultType a registered result type or what the sender wrote
   * @param sessions that failed in this way
   * @param sendingMtaIp canonical text
   * @param receivingMx name from the MX record
   * @param receivingMxHelo name the server gave
   * @param receivingIp canonical text
   * @param additionalInformation a URI or any text; never fetched
   * @param reasonCode a code or any text
   */
  public record Failure(
      int n,
      String resultType,
      long sessions,
      @Nullable String sendingMtaIp,
      @Nullable String receivingMx,
      @Nullable String receivingMxHelo,
      @Nullable String receivingIp,
      @Nullable String additionalInformation,
      @Nullable String reasonCode) {}
}
