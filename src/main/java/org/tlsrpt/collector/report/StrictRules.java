package org.tlsrpt.collector.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.TlsReport.DateRange;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;

/** What RFC 8460 asks of a report and a tolerant reader does not care about. */
final class StrictRules {

  private static final int MOST = 200;
  private static final Duration LATE = Duration.ofDays(7);
  private static final Duration CLOCK_SKEW = Duration.ofDays(2);

  /** A bare addr-spec, roughly: the domain is what RFC 8460 §5.3 compares. */
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@:<>]+@[^\\s@:<>]+");

  /** RFC 8460 §4.3: these two say too little alone. */
  private static final Set<String> IN_NEED_OF_A_REASON =
      Set.of("certificate-not-trusted", "validation-failure");

  private final List<Finding> findings = new ArrayList<>();

  private StrictRules() {}

  /**
   * Judges a report.
   *
   * @return at most {@value #MOST} findings
   */
  static List<Finding> findings(TlsReport report, Instant receivedAt) {
    var rules = new StrictRules();
    rules.contact(report.contactInfo());
    rules.window(report.dateRange(), receivedAt);
    for (int i = 0; i < report.policies().size() && rules.findings.size() < MOST; i++) {
      rules.policy("policies[" + i + "]", report.policies().get(i));
    }
    return rules.findings.subList(0, Math.min(MOST, rules.findings.size()));
  }

  private void contact(@Nullable String contactInfo) {
    var path = Member.CONTACT_INFO.text();
    if (contactInfo == null) {
      warn("RFC 8460 §4.4", path, "The report does not say whom to ask about it.");
    } else if (!ADDRESS.matcher(contactInfo).matches()) {
      warn("RFC 8460 §4.4", path, "The contact is no plain mail address.");
    }
  }

  private void window(DateRange range, Instant receivedAt) {
    var path = Member.DATE_RANGE.text();
    var start = range.start();
    var end = range.end();
    if (start == null || end == null) {
      return;
    }
    if (!isUtcDay(start, end)) {
      warn("RFC 8460 §4.1", path, "The window is not one UTC day, 00:00:00 to 23:59:59.");
    }
    if (end.isAfter(receivedAt.plus(CLOCK_SKEW))) {
      add(Severity.ERROR, "RFC 8460 §4.1", path, "The window ends in the future.");
    } else if (end.isBefore(receivedAt.minus(LATE))) {
      add(Severity.INFO, "RFC 8460 §5.5", path, "The window ended more than 7 days ago.");
    }
  }

  /** Both ways to write the end of a day are in use: its last second and the next midnight. */
  private static boolean isUtcDay(Instant start, Instant end) {
    var day = start.atOffset(ZoneOffset.UTC);
    var lastSecond = start.plus(Duration.ofDays(1)).minusSeconds(1);
    return day.toLocalTime().equals(LocalTime.MIDNIGHT)
        && !end.isBefore(lastSecond)
        && !end.isAfter(lastSecond.plusSeconds(1));
  }

  private void policy(String path, PolicyResult result) {
    var policy = result.policy();
    boolean isKnown =
        policy.type().equals(PolicyDraft.STS) || policy.type().equals(PolicyDraft.TLSA);
    if (isKnown && policy.strings().isEmpty() && !isFetchError(result)) {
      warn("RFC 8460 §4.5", path + ".policy.policy-string", "The policy is not shown.");
    }
    if (policy.type().equals(PolicyDraft.STS) && policy.mxHosts().isEmpty()) {
      add(Severity.INFO, "RFC 8460 §4.4", path + ".policy.mx-host", "No MX pattern is named.");
    }
    reasons(path, result.failureDetails());
    links(path, result.failureDetails());
  }

  private static boolean isFetchError(PolicyResult result) {
    return result.failureDetails().stream()
        .anyMatch(detail -> detail.resultType().equals("sts-policy-fetch-error"));
  }

  private void reasons(String path, List<FailureDetail> details) {
    long without =
        details.stream()
            .filter(detail -> IN_NEED_OF_A_REASON.contains(detail.resultType()))
            .filter(detail -> detail.failureReasonCode() == null)
            .count();
    if (without > 0) {
      warn(
          "RFC 8460 §4.3",
          path + ".failure-details",
          without + " of the failures should have a failure-reason-code.");
    }
  }

  private void links(String path, List<FailureDetail> details) {
    long broken =
        details.stream()
            .map(FailureDetail::additionalInformation)
            .filter(text -> text != null && !isUri(text))
            .count();
    if (broken > 0) {
      warn(
          "RFC 8460 §4.4",
          path + ".failure-details",
          broken + " of the failures have an additional-information that is no URI.");
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void warn(String rule, String path, String message) {
    add(Severity.WARNING, rule, path, message);
  }

  private void add(Severity severity, String rule, String path, String message) {
    findings.add(new Finding(severity, rule, path, message));
  }
}
