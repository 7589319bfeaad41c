package org.tlsrpt.collector.dnsrecord;

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

  /** One or two sentences for the operator. */
  public String words() {
    return words;
  }
}
