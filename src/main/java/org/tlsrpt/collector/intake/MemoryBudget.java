package org.tlsrpt.collector.intake;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what all deliveries together hold in memory, by bytes and not by count: a thousand small
 * reports at once are fine, a dozen of the largest are not.
 */
final class MemoryBudget {

  private static final int UNIT = 64 * 1024;

  private final int all;
  private final Semaphore units;
  private final ConcurrentMap<String, Share> shares = new ConcurrentHashMap<>();

  /**
   * Makes a budget.
   *
   * @param bytes for all leases together
   */
  MemoryBudget(long bytes) {
    this.all = Math.max(1, Math.toIntExact(Math.min(bytes / UNIT, Integer.MAX_VALUE)));
    // Fair, so that a large delivery is not passed for ever by small ones.
    this.units = new Semaphore(all, true);
  }

  /**
   * Turns instead of bytes: so many deliveries at a time do what costs a processor, of one source
   * half of them at most. A turn is a lease of one byte.
   */
  static MemoryBudget ofTurns(int turns) {
    return new MemoryBudget((long) turns * UNIT);
  }

  /** A part of the heap's bound, at least what one delivery may need. */
  static MemoryBudget ofHeap(int divisor, long atLeast) {
    return new MemoryBudget(Math.max(Runtime.getRuntime().maxMemory() / divisor, atLeast));
  }

  /** Bytes that are spoken for until closed; for one thread at a time. */
  interface Lease extends AutoCloseable {

    /** Of a delivery too small to count. */
    Lease NONE = () -> {};

    /** Gives back what turned out not to be needed; never takes more. */
    default void shrinkTo(long bytes) {}

    @Override
    void close();
  }

  private static final class Held implements Lease {

    private final Semaphore of;
    private int units;

    Held(Semaphore of, int units) {
      this.of = of;
      this.units = units;
    }

    @Override
    public void shrinkTo(long bytes) {
      shrink((int) Math.min(units, (bytes + UNIT - 1) / UNIT));
    }

    @Override
    public void close() {
      shrink(0);
    }

    private void shrink(int left) {
      of.release(units - left);
      units = left;
    }
  }

  /**
   * Waits its turn, for a delivery of a source that may hold half of all at most: whoever sends
   * large bodies slowly must not shut out the others.
   *
   * @return {@code null} if there was no room in time, in all or in the source's half
   */
  @Nullable Lease reserve(String source, long bytes, Patience patience) {
    var share = shares.compute(source, (name, known) -> join(known));
    // A single delivery larger than half is still taken, alone.
    var ofShare = Math.min(wanted(bytes), half());
    if (!patience.acquire(share.units, ofShare)) {
      leave(source);
      return null;
    }
    var lease = reserve(bytes, patience);
    if (lease == null) {
      share.units.release(ofShare);
      leave(source);
      return null;
    }
    return new Both(lease, new Held(share.units, ofShare), source);
  }

  /** A part of all that is a part of a source's half, too. */
  private final class Both implements Lease {

    private final Lease ofAll;
    private final Lease ofShare;
    private final String source;

    Both(Lease ofAll, Lease ofShare, String source) {
      this.ofAll = ofAll;
      this.ofShare = ofShare;
      this.source = source;
    }

    @Override
    public void shrinkTo(long bytes) {
      ofAll.shrinkTo(bytes);
      ofShare.shrinkTo(bytes);
    }

    @Override
    public void close() {
      ofAll.close();
      ofShare.close();
      leave(source);
    }
  }

  /** The half of one source, and how many deliveries hold or await a part of it. */
  private record Share(Semaphore units, AtomicInteger users) {}

  private Share join(@Nullable Share known) {
    var share = known == null ? new Share(new Semaphore(half(), true), new AtomicInteger()) : known;
    share.users.incrementAndGet();
    return share;
  }

  private void leave(String source) {
    shares.computeIfPresent(
        source, (name, share) -> share.users.decrementAndGet() == 0 ? null : share);
  }

  private int half() {
    return Math.max(1, all / 2);
  }

  private int wanted(long bytes) {
    return (int) Math.min(all, (bytes + UNIT - 1) / UNIT);
  }

  /** Waits its turn; {@code null} if there was no room in time. */
  @Nullable Lease reserve(long bytes, Patience patience) {
    var wanted = wanted(bytes);
    return patience.acquire(units, wanted) ? new Held(units, wanted) : null;
  }

  long leasedBytes() {
    return (long) (all - units.availablePermits()) * UNIT;
  }

  long freeBytes() {
    return (long) units.availablePermits() * UNIT;
  }
}
