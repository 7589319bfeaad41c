package org.tlsrpt.collector.intake;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where deliveries wait while the database is away.
 *
 * @param spoolDirectory belongs to one instance alone. Text and not a {@link Path}, because Spring
 *     looks for relative paths on the class path first
 * @param spoolSize bytes of disk that waiting and damaged deliveries may take together
 */
@ConfigurationProperties("tlsrpt.intake")
record SpoolSettings(
    @DefaultValue("./data/spool") String spoolDirectory, @DefaultValue("1GB") DataSize spoolSize) {

  /** Checks what a typo would break at the first outage instead of at the start. */
  SpoolSettings {
    if (spoolDirectory.isBlank()) {
      throw new IllegalArgumentException("tlsrpt.intake.spool-directory must not be empty");
    }
    if (spoolSize.isNegative()) {
      throw new IllegalArgumentException("tlsrpt.intake.spool-size must not be negative");
    }
  }

  /** The directory, absolute and without {@code .} and {@code ..}. */
  Path home() {
    return Path.of(spoolDirectory).toAbsolutePath().normalize();
  }
}
