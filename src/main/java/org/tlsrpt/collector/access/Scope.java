package org.tlsrpt.collector.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account or a key may do. */
public enum Scope {
  /** Queries, of some domains only if it is limited to them. */
  READ,
  /** Everything. */
  ADMIN;

  /** The word for it in calls and columns. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope of a word.
   *
   * @param word {@code read} or {@code admin}
   * @return nothing for any other word
   */
  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }
}
