package org.tlsrpt.collector.intake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What lies in a spool, in memory: which deliveries wait, how many, and how much disk they take.
 */
final class SpoolIndex {

  /** Small files take a block each: bytes alone would bound neither the disk nor this index. */
  private static final long BLOCK = 4_096;

  private final long most;
  private final Map<SpoolName.Key, Long> sequences = new ConcurrentHashMap<>();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong damaged = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong damagedBytes = new AtomicLong();

  SpoolIndex(long most) {
    this.most = most;
  }

  /** Disk a file takes. */
  static long space(long length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Takes disk for a file that is to be written; {@code false} if there is not so much left. */
  boolean reserve(long length) {
    var space = space(length);
    if (bytes.addAndGet(space) + damagedBytes.get() <= most) {
      return true;
    }
    bytes.addAndGet(-space);
    return false;
  }

  void release(long length) {
    bytes.addAndGet(-space(length));
  }

  /** A file whose disk is reserved. */
  void add(SpoolName name) {
    sequences.put(name.key(), name.sequence());
    files.incrementAndGet();
  }

  /** A file found at the start, bound or no bound. */
  void addFound(SpoolName name, long length) {
    bytes.addAndGet(space(length));
    add(name);
  }

  void remove(SpoolName name) {
    sequences.remove(name.key(), name.sequence());
    files.decrementAndGet();
  }

  void addDamaged(long length) {
    damaged.incrementAndGet();
    damagedBytes.addAndGet(space(length));
  }

  Optional<SpoolName> find(SpoolName.Key key) {
    return Optional.ofNullable(sequences.get(key)).map(sequence -> new SpoolName(sequence, key));
  }

  long files() {
    return files.get();
  }

  long bytes() {
    return bytes.get();
  }

  long damaged() {
    return damaged.get();
  }

  long damagedBytes() {
    return damagedBytes.get();
  }
}
