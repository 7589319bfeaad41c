package org.tlsrpt.collector.dnsrecord;

/** What {@link RecordCheck} does beside looking a record up, if it is asked to. */
public enum CheckPart {
  /** Looks for records at the domain's MX hosts too, which senders ask for reports about DANE. */
  MX_HOSTS,
  /** Sends probe reports to those destinations that are this collector. */
  PROBE
}
