package org.tlsrpt.collector.report;

import static org.tlsrpt.collector.report.Member.FAILED_SESSION_COUNT;
import static org.tlsrpt.collector.report.Member.FAILURE_DETAILS;
import static org.tlsrpt.collector.report.Member.RESULT_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Member.Scope;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;

/** Reads {@code failure-details} (RFC 8460 §4.4): the one part that can be large. */
final class FailureDetails {

  static final String UNKNOWN = "unknown";

  /** The "STARTTLS Validation Result Types" registry, unchanged since RFC 8460 §6.6. */
  static final Set<String> RESULT_TYPES =
      Set.of(
          "starttls-not-supported",
          "certificate-host-mismatch",
          "certificate-expired",
          "certificate-not-trusted",
          "validation-failure",
          "tlsa-invalid",
          "dnssec-invalid",
          "dane-required",
          "sts-policy-fetch-error",
          "sts-policy-invalid",
          "sts-webpki-invalid");

  private final Tokens tokens;
  private final Values values;
  private final Notes notes;
  private final Budget budget;
  private final Consumer<Member> memberReader = this::member;

  private @Nullable String resultType;
  private @Nullable String sendingMtaIp;
  private @Nullable String receivingMxHostname;
  private @Nullable String receivingMxHelo;
  private @Nullable String receivingIp;
  private @Nullable Long failedSessionCount;
  private @Nullable String additionalInformation;
  private @Nullable String failureReasonCode;

  FailureDetails(Tokens tokens, Values values, Notes notes, Budget budget) {
    this.tokens = tokens;
    this.values = values;
    this.notes = notes;
    this.budget = budget;
  }

  /** Reads the value of {@code failure-details}. */
  List<FailureDetail> read() {
    var details = new ArrayList<FailureDetail>();
    tokens.elements(
        FAILURE_DETAILS,
        Deviation.FAILURE_DETAILS_NOT_ARRAY,
        index -> {
          notes.detail(index);
          budget.failureDetail();
          if (tokens.isObject()) {
            details.add(detail());
          } else {
            notes.object(Scope.DETAIL, Deviation.FAILURE_DETAIL_NOT_OBJECT);
            tokens.skip();
          }
        });
    return details;
  }

  private FailureDetail detail() {
    forget();
    tokens.object(Scope.DETAIL, memberReader);
    if (failedSessionCount == null) {
      notes.member(FAILED_SESSION_COUNT, Deviation.COUNT_MISSING);
    }
    return new FailureDetail(
        registered(resultType),
        sendingMtaIp,
        receivingMxHostname,
        receivingMxHelo,
        receivingIp,
        failedSessionCount == null ? 0 : failedSessionCount,
        additionalInformation,
        failureReasonCode);
  }

  private String registered(@Nullable String type) {
    if (type == null) {
      notes.member(RESULT_TYPE, Deviation.RESULT_TYPE_MISSING);
      return UNKNOWN;
    }
    if (!RESULT_TYPES.contains(type)) {
      notes.member(RESULT_TYPE, Deviation.RESULT_TYPE_UNKNOWN, type);
    }
    return type;
  }

  private void member(Member member) {
    switch (member) {
      case RESULT_TYPE -> resultType = values.word(member);
      case SENDING_MTA_IP -> sendingMtaIp = values.address(member);
      case RECEIVING_MX_HOSTNAME -> receivingMxHostname = values.host(member);
      case RECEIVING_MX_HELO -> receivingMxHelo = values.text(member);
      case RECEIVING_IP -> receivingIp = values.address(member);
      case FAILED_SESSION_COUNT -> failedSessionCount = values.count(member);
      case ADDITIONAL_INFORMATION -> additionalInformation = values.text(member);
      case FAILURE_REASON_CODE -> failureReasonCode = values.text(member);
      default -> tokens.skip();
    }
  }

  private void forget() {
    resultType = null;
    sendingMtaIp = null;
    receivingMxHostname = null;
    receivingMxHelo = null;
    receivingIp = null;
    failedSessionCount = null;
    additionalInformation = null;
    failureReasonCode = null;
  }
}
