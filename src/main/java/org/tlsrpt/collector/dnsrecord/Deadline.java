package org.tlsrpt.collector.dnsrecord;

import java.time.Duration;

/**
 * A moment after which nobody waits any more.
 *
 * @param nanoTime of the JVM's own clock
 */
record Deadline(long nanoTime) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The earlier one of this and the given time from now. */
  Deadline within(Duration time) {
    var other = in(time);
    return other.nanoTime - nanoTime < 0 ? other : this;
  }

  /** What is left; at least a millisecond, since many time-outs take zero for endless. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, nanoTime - System.nanoTime()));
  }

  boolean hasPassed() {
    return System.nanoTime() - nanoTime >= 0;
  }
}
