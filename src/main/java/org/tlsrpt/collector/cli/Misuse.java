package org.tlsrpt.collector.cli;

/** Arguments that do not go together or mean nothing; the message says what to write instead. */
final class Misuse extends RuntimeException {

  private static final long serialVersionUID = 1;

  Misuse(String message) {
    super(message);
  }
}
