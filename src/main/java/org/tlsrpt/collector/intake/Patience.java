package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The time that one delivery may spend waiting for others, all its waits together: each of them may
 * be short and their sum longer than a sender listens. For one thread at a time.
 */
final class Patience {

  private long left;

  Patience(Duration all) {
    this.left = all.toNanos();
  }

  /** Whether the permits were to be had in the time that is left. */
  boolean acquire(Semaphore from, int permits) {
    var begun = System.nanoTime();
    try {
      return from.tryAcquire(permits, Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      left -= System.nanoTime() - begun;
    }
  }
}
