package org.tlsrpt.collector.report;

/** Ends a reading early, from any depth, with its result. */
final class Stop extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Reading reading;

  Stop(Reading reading) {
    super(null, null, false, false);
    this.reading = reading;
  }

  Reading reading() {
    return reading;
  }
}
