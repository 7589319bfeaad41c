package org.tlsrpt.collector.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as RFC 8460 §4.4 describes it, after the reader has put right what it could.
 *
 * <p>Every text is free of U+0000, lone surrogates and other C0 controls except TAB, and bounded;
 * what a sender left out, wrote as {@code null} or as {@code ""} is {@code null} here.
 *
 * @param organizationName who answers for the report; a claim, nothing proves it over HTTPS
 * @param dateRange the window the report covers
 * @param contactInfo an address by RFC 8460, any text in practice; never mailed to
 * @param reportId opaque; unique in no particular scope
 * @param policies one entry per policy the sender saw, in the sender's order
 */
public record TlsReport(
    @Nullable String organizationName,
    DateRange dateRange,
    @Nullable String contactInfo,
    @Nullable String reportId,
    List<PolicyResult> policies) {

  /** Copies the list, so that a report never changes. */
  public TlsReport {
    policies = List.copyOf(policies);
  }

  /**
   * The window in UTC, of any length; never one that ends before it starts, such are swapped.
   *
   * @param start first instant, {@code null} if missing or not readable
   * @param end last instant, {@code null} if missing or not readable; 23:59:59 and the next
   *     midnight both mean the end of the day
   */
  public record DateRange(@Nullable Instant start, @Nullable Instant end) {}

  /**
   * One element of {@code policies} (RFC 8460 §4.4).
   *
   * @param policy the policy the sender applied
   * @param summary sessions counted under it
   * @param failureDetails what failed, in the sender's order; empty if nothing did
   */
  public record PolicyResult(Policy policy, Summary summary, List<FailureDetail> failureDetails) {

    /** Copies the list, so that a report never changes. */
    public PolicyResult {
      failureDetails = List.copyOf(failureDetails);
    }
  }

  /**
   * A policy as the sender saw it.
   *
   * @param type {@code sts}, {@code tlsa}, {@code no-policy-found} or any other word, lower case,
   *     at most 255 characters; {@code unknown} if the sender gave none
   * @param strings the policy's lines (sts) or TLSA records, as seen by the sender
   * @param domain the policy domain: A-labels, lower case, no final dot; what is no domain name is
   *     kept as text, lower case; at most 255 characters, never empty (the reader fills in what a
   *     sender left out, with {@code unknown} as the last resort)
   * @param mxHosts the MX patterns of the policy; patterns, not hosts
   * @param mode {@code enforce}, {@code testing} or {@code none} as read from an sts policy's
   *     lines, lower case; {@code null} if the policy says none
   */
  public record Policy(
      String type,
      List<String> strings,
      String domain,
      List<String> mxHosts,
      @Nullable String mode) {

    /** Copies the lists, so that a report never changes. */
    public Policy {
      strings = List.copyOf(strings);
      mxHosts = List.copyOf(mxHosts);
    }
  }

  /**
   * Sessions counted under a policy.
   *
   * @param successful sessions with policy-compliant TLS, 0 to 2^53-1
   * @param failed sessions without, 0 to 2^53-1
   */
  public record Summary(long successful, long failed) {}

  /**
   * One element of {@code failure-details}.
   *
   * @param resultType a registered result type or any other word, lower case, at most 255
   *     characters; {@code unknown} if the sender gave none
   * @param sendingMtaIp canonical text of an IPv4 or IPv6 address (RFC 5952)
   * @param receivingMxHostname name from the MX record that was tried; lower case, no final dot, at
   *     most 255 characters
   * @param receivingMxHelo name the server gave in its greeting
   * @param receivingIp canonical text of the address connected to
   * @param failedSessionCount 0 to 2^53-1
   * @param additionalInformation a URI by RFC 8460, any text in practice; never fetched
   * @param failureReasonCode a code or free text
   */
  public record FailureDetail(
      String resultType,
      @Nullable String sendingMtaIp,
      @Nullable String receivingMxHostname,
      @Nullable String receivingMxHelo,
      @Nullable String receivingIp,
      long failedSessionCount,
      @Nullable String additionalInformation,
      @Nullable String failureReasonCode) {}
}
