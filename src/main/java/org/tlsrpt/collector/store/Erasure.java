package org.tlsrpt.collector.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked to be erased, and how far that is.
 *
 * @param id to ask for it by
 * @param kind of what
 * @param name of the domain or organization
 * @param requestedAt when it was asked for
 * @param doneAt when all was deleted; {@code null} if it is not yet
 * @param removed so far
 */
public record Erasure(
    UUID id,
    Kind kind,
    String name,
    Instant requestedAt,
    @Nullable Instant doneAt,
    Removed removed) {

  /** What can be erased. */
  public enum Kind {
    /** A policy domain, which may be a recipient domain as well. */
    DOMAIN,
    /** All that an organization sent, or somebody in its name. */
    ORGANIZATION
  }
}
