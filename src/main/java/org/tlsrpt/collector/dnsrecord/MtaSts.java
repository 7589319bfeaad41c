package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The MTA-STS policy of a domain (RFC 8461): the TXT record at {@code _mta-sts.<domain>} and the
 * file it announces.
 *
 * @param status both together
 * @param record the TXT record; null if there is none or several
 * @param id its id; null without
 * @param policy what the file says; null if it could not be fetched or read
 * @param findings what is wrong and what to do
 */
public record MtaSts(
    Status status,
    @Nullable String record,
    @Nullable String id,
    @Nullable Policy policy,
    List<Finding> findings) {

  /** Copies the list, so that it does not change afterwards. */
  public MtaSts {
    findings = List.copyOf(findings);
  }

  /** The TXT record and the file together. */
  public enum Status {
    /** Senders find a policy. */
    VALID,
    /** Something is published, and senders cannot use it. */
    INVALID,
    /** No TXT record announces a policy. */
    NONE,
    /** No usable answer came, or the policy file may not be fetched from here. */
    UNKNOWN
  }

  /**
   * A policy file (RFC 8461 §3.2).
   *
   * @param mode {@code enforce}, {@code testing} or {@code none}
   * @param mx patterns of hosts
   * @param maxAge seconds
   */
  public record Policy(String mode, List<String> mx, long maxAge) {

    /** Copies the list, so that it does not change afterwards. */
    public Policy {
      mx = List.copyOf(mx);
    }
  }
}
