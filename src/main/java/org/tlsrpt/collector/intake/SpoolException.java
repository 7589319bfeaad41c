package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * The spool cannot be used. Says in words what stands in the way and what to do; Spring Boot prints
 * both instead of a stack trace.
 */
final class SpoolException extends FailureAnalyzedException {

  private static final long serialVersionUID = 1;

  private SpoolException(String description, String action, Throwable cause) {
    super(description, action, cause);
  }

  private SpoolException(String description, String action) {
    super(description, action);
  }

  static SpoolException unusable(Path home, IOException cause) {
    return new SpoolException(
        "The spool directory %s cannot be read and written: %s".formatted(home, cause),
        """
        Give this user the right to read and write it and everything in it, see that its disk has \
        space, or name another directory with tlsrpt.intake.spool-directory.""",
        cause);
  }

  static SpoolException inUse(Path home, String pid) {
    return new SpoolException(
        "The spool directory %s is in use by a collector that is running (process id %s)."
            .formatted(home, pid.isEmpty() ? "unknown" : pid),
        """
        Stop that process, or give this one a directory of its own with \
        tlsrpt.intake.spool-directory.""");
  }
}
