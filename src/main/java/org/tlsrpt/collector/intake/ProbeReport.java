package org.tlsrpt.collector.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What asks whether reports arrive here, and is answered and not stored. Known by a header and by
 * every byte of the body: no report of a sender can be taken for it.
 */
final class ProbeReport {

  /** Carries the nonce that stands in the report-id too. */
  static final String HEADER = "Tlsrpt-Probe";

  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");

  private ProbeReport() {}

  /**
   * The nonce of a probe.
   *
   * @param header as sent, if at all
   * @param body as sent
   * @return null if this is none, whatever else it may be
   */
  static @Nullable String nonceOf(@Nullable String header, byte[] body) {
    return header != null
            && NONCE.matcher(header).matches()
            && Arrays.equals(body, body(header).getBytes(StandardCharsets.US_ASCII))
        ? header
        : null;
  }

  private static String body(String nonce) {
    return """
        {"organization-name":"tlsrpt-collector",\
        "date-range":{"start-datetime":"1970-01-01T00:00:00Z",\
        "end-datetime":"1970-01-01T23:59:59Z"},\
        "contact-info":"","report-id":"probe-%s","policies":[]}"""
        .formatted(nonce);
  }
}
