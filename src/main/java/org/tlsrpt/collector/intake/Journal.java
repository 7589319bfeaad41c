package org.tlsrpt.collector.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.report.Note;

/**
 * What operators see of deliveries: one line each in the log, and counters. Each delivery counts
 * once as received and once under one outcome, so {@code tlsrpt.deliveries.received} is always the
 * sum of {@code tlsrpt.deliveries}. Nothing a sender wrote gets into either.
 */
@Component
class Journal {

  /** Apart from the rest, so that it can be sent elsewhere or silenced by itself. */
  private static final Logger log = LoggerFactory.getLogger("deliveries");

  private final MeterRegistry meters;

  Journal(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * A delivery as far as it is known when it has ended.
   *
   * @param channel {@code https}, {@code import} …
   * @param source address of the peer
   * @param domain recipient domain, known to be a domain name
   * @param bytes as sent
   * @param took until the answer was ready
   */
  record Entry(
      String channel, @Nullable String source, @Nullable String domain, int bytes, Duration took) {}

  void received(String channel) {
    Counter.builder("tlsrpt.deliveries.received")
        .description("deliveries begun")
        .tag("channel", channel)
        .register(meters)
        .increment();
  }

  /**
   * Writes a delivery down.
   *
   * @param outcome one word
   * @param which id or reason, words of ours
   * @param notes what was put right
   */
  void ended(Entry entry, String outcome, String which, List<Note> notes) {
    count(entry, outcome);
    notes.forEach(note -> count(note.code()));
    log.info(
        "outcome={} {} channel={} source={} domain={} bytes={} ms={} notes={}",
        outcome,
        which,
        entry.channel(),
        entry.source(),
        entry.domain(),
        entry.bytes(),
        entry.took().toMillis(),
        notes.size());
  }

  /** A delivery left the spool, where it had been counted when it came. */
  void drained(Outcome outcome) {
    var word = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    Counter.builder("tlsrpt.spool.drained")
        .description("deliveries that left the spool, by outcome")
        .tag("outcome", word)
        .register(meters)
        .increment();
    log.info("outcome={} channel=spool", word);
  }

  private void count(Entry entry, String outcome) {
    Timer.builder("tlsrpt.deliveries")
        .description("deliveries ended, by outcome, and how long each took")
        .tag("channel", entry.channel())
        .tag("outcome", outcome)
        .register(meters)
        .record(entry.took());
    Counter.builder("tlsrpt.deliveries.bytes")
        .description("bytes of bodies as sent")
        .baseUnit("bytes")
        .tag("channel", entry.channel())
        .register(meters)
        .increment(entry.bytes());
  }

  /** Codes are ours, a closed set: no sender can make a label. */
  private void count(String code) {
    Counter.builder("tlsrpt.notes")
        .description("deviations put right")
        .tag("code", code)
        .register(meters)
        .increment();
  }
}
