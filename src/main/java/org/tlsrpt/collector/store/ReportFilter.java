package org.tlsrpt.collector.store;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a query is about; the same for every list, sum and export. All conditions hold at the
 * same time; of several values of one any may hold; an empty list is no condition.
 *
 * <p>A report matches if it has a policy that matches, a policy if a failure under it does: {@code
 * mode=enforce} with {@code resultType=certificate-expired} is about reports with an enforced
 * policy under which a certificate had expired.
 *
 * @param reach of whoever asks
 * @param domains policy or recipient domains, as stored: A-labels, lower case
 * @param organizations whole names, capitals or not
 * @param policyTypes lower case
 * @param modes {@code enforce}, {@code testing}, {@code none}; of the sts policy the sender saw
 * @param resultTypes lower case
 * @param mxHosts names from the MX record, as stored: lower case, no final dot
 * @param sendingIps addresses and ranges of sending MTAs
 * @param from first UTC day of a window's start; {@code null} for all before
 * @param to last such day; {@code null} for all behind
 */
public record ReportFilter(
    Reach reach,
    List<String> domains,
    List<String> organizations,
    List<String> policyTypes,
    List<String> modes,
    List<String> resultTypes,
    List<String> mxHosts,
    List<AddressRange> sendingIps,
    @Nullable LocalDate from,
    @Nullable LocalDate to) {

  /** What the conditions are called by those who ask, in the order of their forms. */
  public static final List<String> NAMES =
      List.of(
          "domain",
          "organization",
          "policyType",
          "mode",
          "resultType",
          "mx",
          "sendingIp",
          "from",
          "to");

  /** All modes that a policy can have (RFC 8461 §3.2). */
  public static final List<String> MODES = List.of("enforce", "testing", "none");

  /** Copies the lists, so that the same filter always reads the same. */
  public ReportFilter {
    domains = sorted(domains);
    organizations = sorted(organizations);
    policyTypes = sorted(policyTypes);
    modes = sorted(modes);
    resultTypes = sorted(resultTypes);
    mxHosts = sorted(mxHosts);
    sendingIps = sendingIps.stream().distinct().toList();
  }

  private static List<String> sorted(List<String> values) {
    return values.stream().distinct().sorted().toList();
  }

  /**
   * No condition but the reach.
   *
   * @param reach of whoever asks
   * @return all rows within it
   */
  public static ReportFilter all(Reach reach) {
    return new ReportFilter(
        reach, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null,
        null);
  }

  /**
   * The same, but about these domains.
   *
   * @param names policy or recipient domains, as stored; empty for all
   */
  public ReportFilter about(List<String> names) {
    return with(names, from, to);
  }

  /**
   * The same, but for these days.
   *
   * @param first {@code null} for all before
   * @param last {@code null} for all behind
   */
  public ReportFilter between(@Nullable LocalDate first, @Nullable LocalDate last) {
    return with(domains, first, last);
  }

  private ReportFilter with(
      List<String> names, @Nullable LocalDate first, @Nullable LocalDate last) {
    return new ReportFilter(
        reach,
        names,
        organizations,
        policyTypes,
        modes,
        resultTypes,
        mxHosts,
        sendingIps,
        first,
        last);
  }

  /** Whether something is asked of policies. */
  boolean asksPolicies() {
    return !policyTypes.isEmpty() || !modes.isEmpty();
  }

  /** Whether something is asked of failure details. */
  boolean asksFailures() {
    return !resultTypes.isEmpty() || !mxHosts.isEmpty() || !sendingIps.isEmpty();
  }

  /** Whether nothing is asked of policies, and of failures at most their type. */
  boolean asksFailureTypesAtMost() {
    return !asksPolicies() && mxHosts.isEmpty() && sendingIps.isEmpty();
  }
}
