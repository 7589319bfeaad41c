package org.tlsrpt.collector.api;

import java.util.Optional;
import java.util.UUID;

/** Ids as they stand in paths. */
final class Ids {

  private Ids() {}

  /** An id in its one text form; nothing for any other text, also for forms Java would take. */
  static Optional<UUID> parse(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
