package org.tlsrpt.collector.report;

import java.nio.charset.StandardCharsets;

/** What follows a report in the bytes it came in. */
enum Trailer {
  /** White space at most. */
  NOTHING,
  /** A mail boundary, padding, or the like. */
  OTHER,
  /** Another document, or what seems to be another report: not to be lost silently. */
  DOCUMENT;

  private static final byte[] POLICIES = "\"policies\"".getBytes(StandardCharsets.US_ASCII);

  /** Judges the bytes from {@code start} to the end. */
  static Trailer of(byte[] document, int start) {
    int i = start;
    while (i < document.length && isBlank(document[i])) {
      i++;
    }
    if (i == document.length) {
      return NOTHING;
    }
    boolean begins = document[i] == '{' || document[i] == '[';
    return begins || hasPolicies(document, i) ? DOCUMENT : OTHER;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private static boolean hasPolicies(byte[] document, int start) {
    for (int i = start; i <= document.length - POLICIES.length; i++) {
      if (document[i] == POLICIES[0] && startsWithPolicies(document, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWithPolicies(byte[] document, int start) {
    for (int i = 0; i < POLICIES.length; i++) {
      if (document[start + i] != POLICIES[i]) {
        return false;
      }
    }
    return true;
  }
}
