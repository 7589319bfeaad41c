package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the drain leaves the database alone.
 *
 * @param first after the first round that got nowhere; doubled after each further one
 * @param longest however many there were
 * @param random takes up to half of a pause away, so that instances do not come back all at once
 */
record SpoolPauses(Duration first, Duration longest, RandomGenerator random) {

  private static final int MOST_DOUBLINGS = 30;

  static SpoolPauses standard() {
    return new SpoolPauses(
        Duration.ofMillis(200), Duration.ofSeconds(10), RandomGenerator.getDefault());
  }

  /** The pause after so many rounds in a row that got nowhere, the first being 1. */
  Duration after(int fruitless) {
    var doubled = first.multipliedBy(1L << Math.min(fruitless - 1, MOST_DOUBLINGS));
    var pause = doubled.compareTo(longest) < 0 ? doubled : longest;
    return pause.minusNanos((long) (pause.toNanos() / 2.0 * random.nextDouble()));
  }
}
