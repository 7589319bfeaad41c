package org.tlsrpt.collector.access;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * HTTPS is asked for and cannot be served. Says in words what is wrong with the files and what to
 * do; Spring Boot prints both instead of a stack trace.
 */
final class KeyPairException extends FailureAnalyzedException {

  private static final long serialVersionUID = 1;

  KeyPairException(String description, String action) {
    super(description, action);
  }

  KeyPairException(String description, String action, Throwable cause) {
    super(description, action, cause);
  }
}
