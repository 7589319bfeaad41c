package org.tlsrpt.collector.dnsrecord;

import org.jspecify.annotations.Nullable;

/** What a domain has of TLS-RPT on one side and of policies it reports about on the other. */
public enum Standing {
  /** Reports are asked for, and there is something to report about. */
  REPORTS_AND_POLICY(
      "TLS-RPT, and MTA-STS or DANE beside it: senders report on what they promise."),
  /** Reports are asked for, and nothing is promised. */
  REPORTS_WITHOUT_POLICY(
      "TLS-RPT without MTA-STS or DANE: senders that find no policy report little or nothing, and"
          + " nobody is kept from delivering in the clear. Publish an MTA-STS policy or TLSA"
          + " records."),
  /** Something is promised, and nobody is asked to report. */
  POLICY_WITHOUT_REPORTS(
      "MTA-STS or DANE without TLS-RPT: nobody tells you when senders cannot deliver because of"
          + " it. Publish the record."),
  /** Neither. */
  NEITHER("Neither TLS-RPT nor MTA-STS nor DANE: start with the record, it changes no delivery."),
  /** Look-ups failed, so it is not known. */
  UNKNOWN(
      "Not all look-ups were answered, so it is not known how these stand together; try again.");

  private final String words;

  Standing(String words) {
    this.words = words;
  }

  /** How they stand together. */
  static Standing of(CheckedRecord record, MtaSts mtaSts, MxHosts mx) {
    var promise = promise(mtaSts, mx);
    if (record.status() == RecordStatus.UNKNOWN || promise == null) {
      return UNKNOWN;
    }
    if (record.status() == RecordStatus.VALID) {
      return promise ? REPORTS_AND_POLICY : REPORTS_WITHOUT_POLICY;
    }
    return promise ? POLICY_WITHOUT_REPORTS : NEITHER;
  }

  /** Whether MTA-STS or DANE promises anything; null if that is not known. */
  private static @Nullable Boolean promise(MtaSts mtaSts, MxHosts mx) {
    var policy = mtaSts.policy();
    var promised =
        mtaSts.status() == MtaSts.Status.VALID && policy != null && !policy.mode().equals("none");
    if (promised || mx.hosts().stream().anyMatch(host -> host.dane() == MxHosts.Dane.USABLE)) {
      return true;
    }
    var unknown =
        mtaSts.status() == MtaSts.Status.UNKNOWN
            || mx.status() == MxHosts.Status.UNKNOWN
            || mx.hosts().stream().anyMatch(host -> host.dane() == MxHosts.Dane.UNKNOWN);
    return unknown ? null : false;
  }

  /** One or two sentences for the operator. */
  public String words() {
    return words;
  }
}
