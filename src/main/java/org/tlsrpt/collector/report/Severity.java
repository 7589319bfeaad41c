package org.tlsrpt.collector.report;

/** How much a {@link Finding} matters to the author of the sender. */
public enum Severity {
  /** Against the RFC named. */
  ERROR,
  /** Allowed by the letter, or not said outright, but some reader will stumble. */
  WARNING,
  /** Worth knowing, nothing to repair. */
  INFO
}
