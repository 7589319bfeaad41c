package org.tlsrpt.collector.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a call asks for.
 *
 * @param limit items at most, 1 to 1000
 * @param cursor as given
 */
record PageParameters(int limit, @Nullable String cursor) {

  /** Their names. */
  static final Set<String> NAMES = Set.of("limit", "cursor");

  private static final int LIMIT = 100;
  private static final int HIGHEST_LIMIT = 1_000;

  static PageParameters of(Parameters parameters) {
    return new PageParameters(
        parameters.number("limit", LIMIT, 1, HIGHEST_LIMIT), parameters.one("cursor"));
  }
}
