package org.tlsrpt.collector.report;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a report (RFC 8460 §4.4) and the other names senders have for them. */
enum Member {
  ORGANIZATION_NAME(Scope.REPORT, "organization-name"),
  DATE_RANGE(Scope.REPORT, "date-range"),
  CONTACT_INFO(Scope.REPORT, "contact-info"),
  REPORT_ID(Scope.REPORT, "report-id"),
  POLICIES(Scope.REPORT, "policies"),

  START_DATETIME(Scope.DATE_RANGE, "start-datetime"),
  END_DATETIME(Scope.DATE_RANGE, "end-datetime"),

  POLICY(Scope.RESULT, "policy"),
  SUMMARY(Scope.RESULT, "summary"),
  FAILURE_DETAILS(Scope.RESULT, "failure-details"),

  POLICY_TYPE(Scope.POLICY, "policy-type"),
  POLICY_STRING(Scope.POLICY, "policy-string"),
  POLICY_DOMAIN(Scope.POLICY, "policy-domain"),
  /** The placeholder's name is taken for the member's now and then. */
  MX_HOST(Scope.POLICY, "mx-host", "mx-host-pattern"),

  TOTAL_SUCCESSFUL(Scope.SUMMARY, "total-successful-session-count"),
  TOTAL_FAILURE(Scope.SUMMARY, "total-failure-session-count"),

  RESULT_TYPE(Scope.DETAIL, "result-type"),
  SENDING_MTA_IP(Scope.DETAIL, "sending-mta-ip"),
  /** Socketlabs, 2020. */
  RECEIVING_MX_HOSTNAME(Scope.DETAIL, "receiving-mx-hostname", "receiving-mx-host-name"),
  RECEIVING_MX_HELO(Scope.DETAIL, "receiving-mx-helo"),
  RECEIVING_IP(Scope.DETAIL, "receiving-ip"),
  FAILED_SESSION_COUNT(Scope.DETAIL, "failed-session-count"),
  /** The placeholder's name is taken for the member's now and then. */
  ADDITIONAL_INFORMATION(Scope.DETAIL, "additional-information", "additional-info-uri"),
  /** The name in older drafts. */
  FAILURE_REASON_CODE(Scope.DETAIL, "failure-reason-code", "failure-error-code");

  /** The kinds of object in a report. */
  enum Scope {
    /** The document. */
    REPORT,
    DATE_RANGE,
    /** An element of {@code policies}. */
    RESULT,
    POLICY,
    SUMMARY,
    /** An element of {@code failure-details}. */
    DETAIL
  }

  private static final int LONGEST_ALIAS = 64;
  private static final Map<String, Member> NAMES = new HashMap<>();
  private static final Map<String, Member> ALIASES = new HashMap<>();

  static {
    for (var member : values()) {
      NAMES.put(member.text, member);
      if (member.alias != null) {
        ALIASES.put(member.alias, member);
      }
    }
  }

  private final Scope scope;
  private final String text;
  private final @Nullable String alias;

  Member(Scope scope, String text) {
    this(scope, text, null);
  }

  Member(Scope scope, String text, @Nullable String alias) {
    this.scope = scope;
    this.text = text;
    this.alias = alias;
  }

  /** The member of exactly this name. */
  static @Nullable Member named(String name) {
    return NAMES.get(name);
  }

  /** The member meant by a name that is not quite right: an alias, or spelt with underscores. */
  static @Nullable Member meantBy(String name) {
    if (name.length() > LONGEST_ALIAS) {
      return null;
    }
    var folded = name.replace('_', '-');
    var member = NAMES.get(folded);
    return member == null ? ALIASES.get(folded) : member;
  }

  Scope scope() {
    return scope;
  }

  /** The name as RFC 8460 writes it. */
  String text() {
    return text;
  }
}
