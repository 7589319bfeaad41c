package org.tlsrpt.collector.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which a document may differ from RFC 8460 and still be read: the one table of what
 * is found and what is stored instead. {@code docs/senders.md} shows it to users.
 */
enum Deviation {
  BYTE_ORDER_MARK(
      Severity.INFO, "RFC 8259 §8.1", "A byte order mark stands before the report", "ignored"),
  ENCODING_INVALID(Severity.ERROR, "RFC 8259 §8.1", "Bytes that are not UTF-8", "read as U+FFFD"),
  CONTROL_UNESCAPED(
      Severity.ERROR, "RFC 8259 §7", "Control characters stand unescaped in a text", "accepted"),
  TRAILING_CONTENT(
      Severity.ERROR, "RFC 8259 §2", "Something that is no JSON follows the report", "ignored"),
  REPORT_IN_ARRAY(
      Severity.ERROR, "RFC 8460 §4.4", "The report stands in an array", "read as if it did not"),
  DUPLICATE_MEMBER(
      Severity.ERROR, "RFC 7493 §2.3", "The member occurs more than once", "the last one counts"),
  MEMBER_ALIAS(
      Severity.ERROR, "RFC 8460 §4.4", "The member has another name", "read as the one meant"),
  MEMBER_NOT_OBJECT(Severity.ERROR, "RFC 8460 §4.4", "The member is no object", "read as missing"),
  TEXT_NOT_STRING(
      Severity.ERROR, "RFC 8460 §4.4", "The value is no string", "kept as its JSON text"),
  TEXT_CUT(Severity.WARNING, "RFC 8460 §4.4", "The text is too long", "cut"),
  CONTROL_CHARACTER(
      Severity.WARNING,
      "RFC 8460 §4.4",
      "The text holds control characters",
      "line ends made blanks, U+0000 made U+FFFD, others removed"),
  LONE_SURROGATE(Severity.ERROR, "RFC 7493 §2.1", "The text holds half a character", "made U+FFFD"),

  ORGANIZATION_NAME_MISSING(
      Severity.ERROR, "RFC 8460 §4.4", "The report names no organization", "left empty"),
  REPORT_ID_MISSING(Severity.ERROR, "RFC 8460 §4.4", "The report has no report-id", "left empty"),
  DATE_MISSING(Severity.ERROR, "RFC 8460 §4.4", "The date is missing", "left empty"),
  DATE_INVALID(Severity.ERROR, "RFC 3339 §5.6", "The date cannot be read", "left empty"),
  DATE_NO_ZONE(Severity.ERROR, "RFC 3339 §5.6", "The date has no time zone", "read as UTC"),
  DATE_FORMAT(
      Severity.WARNING, "RFC 3339 §5.6", "The date is written unusually", "read all the same"),
  DATE_ONLY(
      Severity.ERROR,
      "RFC 3339 §5.6",
      "The date has no time",
      "read as the first or last second of the day in UTC"),
  DATE_EPOCH(
      Severity.ERROR, "RFC 3339 §5.6", "The date is a number", "read as seconds or ms since 1970"),
  DATE_HOUR_24(
      Severity.ERROR, "RFC 3339 §5.7", "The date has hour 24", "read as the next midnight"),
  DATE_LEAP_SECOND(Severity.INFO, "RFC 3339 §5.7", "The date has second 60", "read as second 59"),
  DATE_IMPLAUSIBLE(
      Severity.WARNING, "RFC 8460 §4.4", "No report can be about this date", "stored as it is"),
  RANGE_REVERSED(Severity.ERROR, "RFC 8460 §4.4", "The window ends before it starts", "swapped"),
  RANGE_LONG(
      Severity.WARNING, "RFC 8460 §4.1", "The window is longer than 8 days", "stored as it is"),

  POLICIES_NOT_ARRAY(
      Severity.ERROR, "RFC 8460 §4", "policies is one object", "read as an array of it"),
  POLICIES_EMPTY(Severity.WARNING, "RFC 8460 §4", "The report has no policies", "stored as it is"),
  POLICY_RESULT_NOT_OBJECT(
      Severity.ERROR, "RFC 8460 §4.4", "An element of policies is no object", "left out"),
  POLICY_MISSING(
      Severity.ERROR, "RFC 8460 §4.4", "The policy is missing", "its type stored as unknown"),
  POLICY_TYPE_MISSING(
      Severity.ERROR, "RFC 8460 §4.4", "The policy-type is missing", "stored as unknown"),
  POLICY_TYPE_UNKNOWN(
      Severity.WARNING, "RFC 8460 §4.4", "The policy-type is not registered", "stored as text"),
  POLICY_DOMAIN_MISSING(
      Severity.ERROR,
      "RFC 8460 §4.4",
      "The policy-domain is missing",
      "taken from where the report was sent to, else from report-id, else unknown"),
  DOMAIN_UNICODE(
      Severity.ERROR,
      "RFC 8460 §4.4",
      "The domain is not written in A-labels",
      "converted by IDNA 2003"),
  DOMAIN_INVALID(
      Severity.ERROR, "RFC 8460 §4.4", "The text is no domain name", "kept as text, lower case"),
  POLICY_STRING_NOT_ARRAY(
      Severity.ERROR, "RFC 8460 §4.5", "policy-string is no array", "split into its lines"),
  POLICY_STRING_JSON(
      Severity.ERROR,
      "RFC 8460 §4.5",
      "policy-string holds a JSON array as text",
      "read as its elements"),
  TLSA_RECORD_MALFORMED(
      Severity.WARNING, "RFC 6698 §2.2", "The text is no TLSA record", "stored as it is"),
  MX_HOST_NOT_ARRAY(
      Severity.ERROR, "RFC 8460 §4.4", "mx-host is no array", "read as an array of it"),
  MX_HOST_PREFIX(
      Severity.ERROR, "RFC 8460 §4.4", "mx-host begins with mx: like a policy line", "left out"),

  SUMMARY_MISSING(Severity.ERROR, "RFC 8460 §4.4", "The summary is missing", "stored as 0"),
  COUNT_MISSING(Severity.ERROR, "RFC 8460 §4.4", "The session count is missing", "stored as 0"),
  COUNT_NOT_INTEGER(
      Severity.ERROR, "RFC 8460 §4.4", "The count is not written as an integer", "read as one"),
  COUNT_INVALID(
      Severity.ERROR, "RFC 8460 §4.4", "The count is no number of sessions", "stored as 0"),
  COUNT_TOO_LARGE(
      Severity.WARNING, "RFC 7493 §2.2", "The count is above 2^53-1", "stored as 2^53-1"),
  COUNT_MISMATCH(
      Severity.INFO,
      "RFC 8460 §4",
      "The failure-details do not add up to total-failure-session-count",
      "both stored as they are"),
  FAILURE_DETAILS_NOT_ARRAY(
      Severity.ERROR, "RFC 8460 §4.4", "failure-details is no array", "read as an array of it"),
  FAILURE_DETAILS_MISSING(
      Severity.WARNING, "RFC 8460 §4.4", "Failures are counted, not told", "stored as it is"),
  FAILURE_DETAIL_NOT_OBJECT(
      Severity.ERROR, "RFC 8460 §4.4", "An element of failure-details is no object", "left out"),
  RESULT_TYPE_MISSING(
      Severity.ERROR, "RFC 8460 §4.3", "The result-type is missing", "stored as unknown"),
  RESULT_TYPE_UNKNOWN(
      Severity.WARNING, "RFC 8460 §4.3", "The result-type is not registered", "stored as text"),
  IP_FORM(
      Severity.ERROR,
      "RFC 8460 §4.4",
      "The address has a bracket, zone, port, prefix length or is an IPv4 one within IPv6",
      "read as the plain address"),
  IP_INVALID(Severity.ERROR, "RFC 8460 §4.4", "The text is no IP address", "left empty"),

  MORE_NOTES(Severity.INFO, "", "There are too many deviations to list", "only counted");

  private final Severity severity;
  private final String rule;
  private final String found;
  private final String stored;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Deviation(Severity severity, String rule, String found, String stored) {
    this.severity = severity;
    this.rule = rule;
    this.found = found;
    this.stored = stored;
  }

  /** The note about one occurrence. */
  Note note(String path, @Nullable String excerpt) {
    var where = excerpt == null ? "" : " (\"" + excerpt + "\")";
    return new Note(code, path, found + where + "; " + stored + ".");
  }

  /** The stable word for machines. */
  String code() {
    return code;
  }

  Severity severity() {
    return severity;
  }

  /** The RFC and section that ask for something else. */
  String rule() {
    return rule;
  }

  String found() {
    return found;
  }

  String stored() {
    return stored;
  }
}
