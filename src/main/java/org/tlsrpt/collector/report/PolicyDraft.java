package org.tlsrpt.collector.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.Policy;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;
import org.tlsrpt.collector.report.TlsReport.Summary;

/**
 * An element of {@code policies} that may still lack its domain: what it is taken from instead, the
 * report-id, may come last in the document (Postfix).
 *
 * @param index of the element in the document; elements that are no objects count
 */
record PolicyDraft(
    int index,
    String type,
    List<String> strings,
    @Nullable String domain,
    List<String> mxHosts,
    Summary summary,
    List<FailureDetail> failureDetails) {

  static final String STS = "sts";
  static final String TLSA = "tlsa";

  private static final Set<String> MODES = Set.of("enforce", "testing", "none");

  /** The finished element. */
  PolicyResult withDomain(String name) {
    var policy = new Policy(type, strings, name, mxHosts, mode());
    return new PolicyResult(policy, summary, failureDetails);
  }

  /** The first mode of an sts policy counts (RFC 8461 §3.2). */
  private @Nullable String mode() {
    if (!type.equals(STS)) {
      return null;
    }
    for (var line : strings) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("mode")) {
        var mode = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
        return MODES.contains(mode) ? mode : null;
      }
    }
    return null;
  }
}
