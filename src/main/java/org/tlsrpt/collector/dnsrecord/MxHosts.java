package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a domain receives mail, and what DANE says there (RFC 7672).
 *
 * @param status what there is
 * @param hosts by preference, ten at most
 * @param findings what is wrong and what to do
 */
public record MxHosts(Status status, List<Host> hosts, List<Finding> findings) {

  /** Copies the lists, so that they do not change afterwards. */
  public MxHosts {
    hosts = List.copyOf(hosts);
    findings = List.copyOf(findings);
  }

  /** Where the hosts come from. */
  public enum Status {
    /** MX records name them. */
    FOUND,
    /** There is no MX record: the domain itself is the host (RFC 5321 §5.1). */
    IMPLICIT,
    /** The domain takes no mail (RFC 7505), or does not exist. */
    NO_MAIL,
    /** No usable answer came. */
    UNKNOWN
  }

  /**
   * One host.
   *
   * @param name A-labels, no final dot
   * @param preference of its MX record; 0 for the domain itself
   * @param dane what its TLSA records are worth
   * @param tlsa the records as in a report's policy-string: {@code 3 1 1 8cb0…}
   * @param record the record at {@code _smtp._tls.<host>}; null unless asked for
   */
  public record Host(
      String name, int preference, Dane dane, List<String> tlsa, @Nullable CheckedRecord record) {

    /** Copies the list, so that it does not change afterwards. */
    public Host {
      tlsa = List.copyOf(tlsa);
    }
  }

  /** TLSA records at {@code _25._tcp.<host>}. */
  public enum Dane {
    /** Some are usable (RFC 7672 §3.1), and the resolver says that it validated them. */
    USABLE,
    /** There are some, but senders will not use them: not validated, or of unusable kinds. */
    UNUSABLE,
    /** There are none. */
    NONE,
    /** No usable answer came. */
    UNKNOWN
  }
}
