package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.tlsrpt.collector.intake.MemoryBudget.Lease;

/** Reads the body of a POST within its bounds: bytes, time, and memory of all bodies together. */
final class BodyReader {

  /** Nearly every report there is (RFC 8460 samples: 250 to 900 bytes); needs no lease. */
  private static final int SMALL = 16 * 1024;

  /** What a body of unknown length gets at first. */
  private static final int FIRST_LEASE = 4 * SMALL;

  /** Of a body over the limit so much is read and thrown away, for clients deaf while they send. */
  private static final int DRAINED_LIMITS = 3;

  private final long limit;
  private final Duration timeout;
  private final Duration patience;
  private final MemoryBudget budget;

  /**
   * Makes a reader.
   *
   * @param limit bytes of a body
   * @param timeout for a whole body to arrive
   * @param patience of a body for memory that others hold, all its waits together
   * @param budget of memory for all bodies together
   */
  BodyReader(long limit, Duration timeout, Duration patience, MemoryBudget budget) {
    this.limit = limit;
    this.patience = patience;
    this.timeout = timeout;
    this.budget = budget;
  }

  /** Memory that bodies in work hold. */
  long leasedBytes() {
    return budget.leasedBytes();
  }

  /** What was read. */
  sealed interface Body {

    /**
     * All of it.
     *
     * @param bytes as sent
     * @param lease of the memory they take, until closed
     */
    record Whole(byte[] bytes, Lease lease) implements Body, AutoCloseable {

      @Override
      public void close() {
        lease.close();
      }
    }

    /** Over the limit. */
    record TooLarge() implements Body {}

    /** Not there in time. */
    record TooSlow() implements Body {}

    /** Other deliveries hold the memory. */
    record NoRoom() implements Body {}
  }

  /**
   * Reads to the end of the stream.
   *
   * @param source whose body it is
   * @param in the body
   * @param announced its Content-Length, negative if not known
   * @param waitsForGo whether the client sent {@code Expect: 100-continue}: it listens before it
   *     sends, so a refusal needs no reading
   * @throws IOException if the connection breaks
   */
  Body read(String source, InputStream in, long announced, boolean waitsForGo) throws IOException {
    var deadline = System.nanoTime() + timeout.toNanos();
    if (announced > limit) {
      if (!waitsForGo && announced <= limit * DRAINED_LIMITS) {
        drain(in, deadline);
      }
      return new Body.TooLarge();
    }
    return new Reading(source, in, announced, deadline).run();
  }

  private static void drain(InputStream in, long deadline) throws IOException {
    var waste = new byte[16 * 1024];
    while (in.read(waste) >= 0 && System.nanoTime() - deadline < 0) {
      // nothing is kept
    }
  }

  private final class Reading {

    private final String source;
    private final InputStream in;
    private final long announced;
    private final long deadline;
    private final Patience waits = new Patience(patience);
    private final byte[] piece = new byte[8 * 1024];
    private Lease lease = Lease.NONE;
    private boolean hasLease;
    private boolean done;

    Reading(String source, InputStream in, long announced, long deadline) {
      this.source = source;
      this.in = in;
      this.announced = announced;
      this.deadline = deadline;
    }

    Body run() throws IOException {
      try {
        var body = collect();
        done = body instanceof Body.Whole;
        return body;
      } finally {
        if (!done) {
          lease.close();
        }
      }
    }

    private Body collect() throws IOException {
      var bytes =
          new Growing(announced < 0 ? piece.length : (int) Math.min(announced, piece.length));
      int length;
      while ((length = in.read(piece)) >= 0) {
        if (System.nanoTime() - deadline > 0) {
          return new Body.TooSlow();
        }
        if (bytes.size() + length > limit) {
          drainRest();
          return new Body.TooLarge();
        }
        if (!hasLease && bytes.size() + length > SMALL) {
          if (!reserve()) {
            return new Body.NoRoom();
          }
          bytes.expect((int) Math.max(announced, FIRST_LEASE));
        }
        if (!bytes.hasRoomFor(length) && !grow(bytes, length)) {
          return new Body.NoRoom();
        }
        bytes.write(piece, length);
      }
      return new Body.Whole(bytes.whole(), lease);
    }

    private boolean reserve() {
      var reserved = budget.reserve(source, Math.max(announced, FIRST_LEASE), waits);
      if (reserved == null) {
        return false;
      }
      lease = reserved;
      hasLease = true;
      return true;
    }

    /**
     * Of unknown length a body takes what it needs as it comes: one that stalls at its beginning
     * must not hold what the longest might need. Both arrays are there while one is copied.
     */
    private boolean grow(Growing bytes, int length) {
      var larger =
          Math.max(
              bytes.size() + length, (int) Math.min(2L * bytes.capacity(), limit + piece.length));
      if (hasLease) {
        lease.close();
        var reserved = budget.reserve(source, (long) larger + bytes.capacity(), waits);
        lease = reserved == null ? Lease.NONE : reserved;
        if (reserved == null) {
          return false;
        }
      }
      bytes.expect(larger);
      lease.shrinkTo(larger);
      return true;
    }

    private void drainRest() throws IOException {
      var read = limit;
      int length;
      while (read < limit * DRAINED_LIMITS && (length = in.read(piece)) >= 0) {
        if (System.nanoTime() - deadline > 0) {
          return;
        }
        read += length;
      }
    }
  }

  /** Bytes of a length that is known or not; of a known length they are never copied. */
  private static final class Growing {

    private byte[] array;
    private int size;

    Growing(int expected) {
      this.array = new byte[expected];
    }

    int size() {
      return size;
    }

    int capacity() {
      return array.length;
    }

    boolean hasRoomFor(int length) {
      return size + length <= array.length;
    }

    void expect(int bytes) {
      array = Arrays.copyOf(array, Math.max(size, bytes));
    }

    void write(byte[] piece, int length) {
      System.arraycopy(piece, 0, array, size, length);
      size += length;
    }

    byte[] whole() {
      return size == array.length ? array : Arrays.copyOf(array, size);
    }
  }
}
