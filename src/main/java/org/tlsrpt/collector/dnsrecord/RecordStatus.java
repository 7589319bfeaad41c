package org.tlsrpt.collector.dnsrecord;

/** What senders find at {@code _smtp._tls.<domain>} (RFC 8460 §3). */
public enum RecordStatus {
  /** One record, and in it a destination they can use. */
  VALID,
  /** One record, which they cannot read or use. */
  INVALID,
  /** No name, no TXT record at it, or none that begins with {@code v=TLSRPTv1;}. */
  NONE,
  /** Several that begin with it, which counts as none. */
  MULTIPLE,
  /** No usable answer came, so there may be a record or not. */
  UNKNOWN
}
