package org.tlsrpt.collector.intake;

/** The wire format of probes, written down once more, so that no change of it goes unnoticed. */
final class Probes {

  static final String NONCE = "0123456789abcdef0123456789abcdef";

  private Probes() {}

  static String body(String nonce) {
    return "{\"organization-name\":\"tlsrpt-collector\",\"date-range\":{"
        + "\"start-datetime\":\"1970-01-01T00:00:00Z\",\"end-datetime\":\"1970-01-01T23:59:59Z\"},"
        + "\"contact-info\":\"\",\"report-id\":\"probe-"
        + nonce
        + "\",\"policies\":[]}";
  }
}
