package org.tlsrpt.collector.intake;

import java.util.UUID;

/** What became of an entry of the {@link Quarantine} that was delivered once more. */
public sealed interface ReplayOutcome {

  /**
   * It is a report now, and no longer in quarantine.
   *
   * @param reportId made of the content
   */
  record Stored(UUID reportId) implements ReplayOutcome {}

  /**
   * It can be read, and the same report was stored before; it is no longer in quarantine.
   *
   * @param reportId made of the content
   */
  record Duplicate(UUID reportId) implements ReplayOutcome {}

  /**
   * It stays.
   *
   * @param reason code of the rule it fails now
   * @param detail one sentence
   */
  record StillRefused(String reason, String detail) implements ReplayOutcome {}

  /**
   * It stays, for a trouble of ours; worth another try later.
   *
   * @param detail what is missing
   */
  record Unavailable(String detail) implements ReplayOutcome {}

  /** No such entry, or no longer. */
  record Gone() implements ReplayOutcome {}
}
