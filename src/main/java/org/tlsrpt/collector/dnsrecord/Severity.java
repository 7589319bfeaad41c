package org.tlsrpt.collector.dnsrecord;

/** How much a {@link Finding} matters. */
public enum Severity {
  /** Senders that follow RFC 8460 will not find a usable record or destination here. */
  ERROR,
  /** Allowed, but some sender is known to stumble, or it is hardly meant this way. */
  WARNING,
  /** Worth knowing, nothing to repair. */
  INFO
}
