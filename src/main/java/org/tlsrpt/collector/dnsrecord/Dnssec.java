package org.tlsrpt.collector.dnsrecord;

/**
 * What the resolver says about the signatures of its answer (the AD bit, RFC 4035 §3.2.3). Nothing
 * is validated here, so it is worth as much as the way to the resolver.
 */
public enum Dnssec {
  /** The resolver says that it validated the answer. */
  VALIDATED,
  /** It does not say so: the zone is not signed, or the resolver does not validate. */
  NOT_VALIDATED,
  /** There was no answer. */
  UNKNOWN
}
