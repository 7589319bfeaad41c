package org.tlsrpt.collector.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the quarantine keeps; beyond either bound the oldest entries go first.
 *
 * @param maxEntries entries at most
 * @param maxSize bytes of all bodies together
 */
@ConfigurationProperties("tlsrpt.quarantine")
record QuarantineSettings(
    @DefaultValue("10000") int maxEntries, @DefaultValue("500MB") DataSize maxSize) {

  /** Refuses a quarantine that could keep nothing. */
  QuarantineSettings {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("tlsrpt.quarantine.max-entries must be at least 1");
    }
    if (maxSize.toBytes() < 1) {
      throw new IllegalArgumentException("tlsrpt.quarantine.max-size must be at least 1 byte");
    }
  }
}
