package org.tlsrpt.collector.database;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * The embedded PostgreSQL cannot run. Says in words what stands in the way and what to do; Spring
 * Boot prints both instead of a stack trace.
 */
public final class EmbeddedServerException extends FailureAnalyzedException {

  private static final long serialVersionUID = 1;

  EmbeddedServerException(String description, String action) {
    super(description, action);
  }

  EmbeddedServerException(String description, String action, Throwable cause) {
    super(description, action, cause);
  }
}
