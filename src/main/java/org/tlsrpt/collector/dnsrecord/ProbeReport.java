package org.tlsrpt.collector.dnsrecord;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A report that asks not to be stored. The intake knows it by the header and by its bytes, which
 * are these and no others; both sides have the form written down, and a test sends the one to the
 * other.
 *
 * @param nonce 32 hexadecimal digits, new for each
 */
record ProbeReport(String nonce) {

  /** Carries the nonce a second time. */
  static final String HEADER = "Tlsrpt-Probe";

  private static final SecureRandom RANDOM = new SecureRandom();

  static ProbeReport fresh() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return new ProbeReport(HexFormat.of().formatHex(bytes));
  }

  /** What is posted, as {@code application/tlsrpt+json}. */
  String body() {
    return """
        {"organization-name":"tlsrpt-collector",\
        "date-range":{"start-datetime":"1970-01-01T00:00:00Z",\
        "end-datetime":"1970-01-01T23:59:59Z"},\
        "contact-info":"","report-id":"probe-%s","policies":[]}"""
        .formatted(nonce);
  }

  /** Whether this is what a collector answers, and nobody else. */
  boolean isAnsweredBy(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8)
        .strip()
        .equals("{\"status\":\"probe\",\"nonce\":\"" + nonce + "\"}");
  }
}
