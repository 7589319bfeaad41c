package org.tlsrpt.collector.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;

/**
 * The part of a report that is about one policy domain: one row of {@code report}.
 *
 * @param report the whole report
 * @param domain first column of every key
 * @param day UTC day of the window's start
 * @param policies those about this domain, each with its place in the report
 * @param carriesDocument whether this row keeps the document; one per report does
 */
record DomainPart(
    NewReport report,
    String domain,
    LocalDate day,
    List<NumberedPolicy> policies,
    boolean carriesDocument) {

  private static final LocalDate NO_DAY = LocalDate.EPOCH;
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /** An element of {@code policies} and its place in the document. */
  record NumberedPolicy(int n, PolicyResult result) {}

  /** The rows of a report, by domain; at least one, also for a report without any policy. */
  static List<DomainPart> of(NewReport report) {
    var byDomain = new TreeMap<String, List<NumberedPolicy>>();
    var n = 0;
    for (var result : report.report().policies()) {
      byDomain
          .computeIfAbsent(result.policy().domain(), domain -> new ArrayList<>())
          .add(new NumberedPolicy(n++, result));
    }
    if (byDomain.isEmpty()) {
      byDomain.put(domainOfEmpty(report), List.of());
    }
    var day = dayOf(report.report().dateRange().start());
    var parts = new ArrayList<DomainPart>(byDomain.size());
    byDomain.forEach(
        (domain, policies) ->
            parts.add(new DomainPart(report, domain, day, policies, parts.isEmpty())));
    return parts;
  }

  private static String domainOfEmpty(NewReport report) {
    var recipient = report.recipientDomain();
    return recipient == null ? "unknown" : recipient;
  }

  /**
   * Taken from the report alone, never from its arrival: the same bytes must meet the same key
   * tomorrow.
   */
  private static LocalDate dayOf(@Nullable Instant start) {
    if (start == null) {
      return NO_DAY;
    }
    var day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    if (day.isBefore(NO_DAY)) {
      return NO_DAY;
    }
    return day.isAfter(LAST_DAY) ? LAST_DAY : day;
  }

  Sessions sessions() {
    return Sessions.of(policies.stream().map(NumberedPolicy::result).toList());
  }

  int failureDetails() {
    return policies.stream().mapToInt(policy -> policy.result().failureDetails().size()).sum();
  }
}
