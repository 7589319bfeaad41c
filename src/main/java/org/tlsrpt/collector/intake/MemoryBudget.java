package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what all deliveries together hold in memory, by bytes and not by count: a thousand small
 * reports at once are fine, a dozen of the largest are not.
 */
final class MemoryBudget {

  private static final int UNIT = 64 * 1024;

  private final int all;
  private final Semaphore units;
  private final Duration patience;
  private final ConcurrentMap<String, Integer> heldBySource = new ConcurrentHashMap<>();

  /**
   * Makes a budget.
   *
   * @param bytes for all leases together
   * @param patience for a lease, while others hold the bytes
   */
  MemoryBudget(long bytes, Duration patience) {
    this.all = Math.max(1, Math.toIntExact(Math.min(bytes / UNIT, Integer.MAX_VALUE)));
    // Fair, so that a large delivery is not passed for ever by small ones.
    this.units = new Semaphore(all, true);
    this.patience = patience;
  }

  /** A part of the heap's bound, at least what one delivery may need. */
  static MemoryBudget ofHeap(int divisor, long atLeast, Duration patience) {
    return new MemoryBudget(
        Math.max(Runtime.getRuntime().maxMemory() / divisor, atLeast), patience);
  }

  /** Bytes that are spoken for until closed. */
  interface Lease extends AutoCloseable {

    /** Of a delivery too small to count. */
    Lease NONE = () -> {};

    @Override
    void close();
  }

  /**
   * Waits its turn, for a delivery of a source that may hold half of all at most: whoever sends
   * large bodies slowly must not shut out the others.
   *
   * @return {@code null} if there was no room in time, or the source has its half already
   */
  @Nullable Lease reserve(String source, long bytes) {
    var wanted = wanted(bytes);
    var held = heldBySource.merge(source, wanted, Integer::sum);
    // Its only delivery may be of any size.
    var lease = held > wanted && held > all / 2 ? null : reserve(bytes);
    if (lease == null) {
      giveBack(source, wanted);
      return null;
    }
    return () -> {
      lease.close();
      giveBack(source, wanted);
    };
  }

  private void giveBack(String source, int wanted) {
    heldBySource.computeIfPresent(
        source, (name, held) -> held > wanted ? Integer.valueOf(held - wanted) : null);
  }

  private int wanted(long bytes) {
    return (int) Math.min(all, (bytes + UNIT - 1) / UNIT);
  }

  /** Waits its turn; {@code null} if there was no room in time. */
  @Nullable Lease reserve(long bytes) {
    var wanted = wanted(bytes);
    try {
      if (!units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    return () -> units.release(wanted);
  }

  long leasedBytes() {
    return (long) (all - units.availablePermits()) * UNIT;
  }

  long freeBytes() {
    return (long) units.availablePermits() * UNIT;
  }
}
