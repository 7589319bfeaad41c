package org.tlsrpt.collector.intake;

import java.util.UUID;

/** What became of a {@link Delivery} that was to go into quarantine. */
public sealed interface KeepOutcome {

  /**
   * It is on disk.
   *
   * @param id made of the bytes as sent
   * @param again whether the same bytes were there before
   */
  record Kept(UUID id, boolean again) implements KeepOutcome {}

  /**
   * The database is away, slow or full; the same delivery can be kept at any later time.
   *
   * @param cause what the database or driver said; for the log
   */
  record Unavailable(Exception cause) implements KeepOutcome {}
}
