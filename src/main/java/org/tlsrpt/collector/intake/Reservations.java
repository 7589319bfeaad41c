package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.MemoryBudget.Lease;

/** What one delivery may hold of the memory, and take of the processor, while it is decoded. */
final class Reservations {

  /**
   * Nearly every report there is (RFC 8460 samples: 385 to 2,476 bytes) takes no lease and is
   * inflated in one pass; more is counted first and inflated again once there is room for it.
   */
  static final int SMALL = 4 * 1024;

  /** What reading makes of a byte at worst: {@code {},} becomes a failure detail. */
  private static final int OBJECTS_PER_BYTE = 24;

  /** What reading makes of a document at worst: it stops at a number of failure details. */
  private static final long MOST_OBJECTS = 32L * 1024 * 1024;

  /** Bytes that an element of a list takes, its texts apart. */
  private static final int ELEMENT = 96;

  /** The document, its compressed form and the texts in it. */
  private static final int COPIES = 3;

  private final String source;
  private final MemoryBudget budget;
  private final MemoryBudget turns;
  private final Duration forLastTurn;
  private final Patience patience;

  /**
   * Those of one delivery.
   *
   * @param source whose it is: none may hold more than half
   * @param budget of memory
   * @param turns of those that inflate something large
   * @param patience for all that it waits for
   */
  Reservations(String source, MemoryBudget budget, MemoryBudget turns, Duration patience) {
    this.source = source;
    this.budget = budget;
    this.turns = turns;
    this.forLastTurn = patience.dividedBy(2);
    this.patience = new Patience(patience);
  }

  /** Room for a document of so many bytes and all that reading may make of it, if there is any. */
  @Nullable Lease lease(long size) {
    return size <= SMALL ? Lease.NONE : budget.reserve(source, weight(size), patience);
  }

  /** What takes a processor for long waits until others of this source had theirs. */
  <T> @Nullable T inTurn(Supplier<@Nullable T> work) {
    return inTurn(patience, work);
  }

  /** The same for the little that is left to do when there was no room. */
  <T> @Nullable T inOneMoreTurn(Supplier<@Nullable T> work) {
    return inTurn(new Patience(forLastTurn), work);
  }

  private <T> @Nullable T inTurn(Patience patience, Supplier<@Nullable T> work) {
    try (var turn = turns.reserve(source, 1, patience)) {
      return turn == null ? null : work.get();
    }
  }

  /** Bytes that a document may take while it is read. */
  static long weight(long size) {
    return size * COPIES + Math.min(size * OBJECTS_PER_BYTE, MOST_OBJECTS);
  }

  /** Bytes that a document and its report take once it was read. */
  static long weightOfRead(long document, long gzip, long elements) {
    return document * (COPIES - 1) + gzip + elements * ELEMENT;
  }
}
