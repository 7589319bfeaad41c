package org.tlsrpt.collector.intake;

/**
 * What an import reads at most.
 *
 * @param body bytes of a document as it was sent, or of a mail
 * @param inflated bytes of a document that is not compressed
 */
record ImportLimits(int body, int inflated) {

  /** A line that holds a document in base64, or as a text with every character escaped. */
  int line() {
    return Math.max(8 * 1024 * 1024, 2 * body);
  }
}
