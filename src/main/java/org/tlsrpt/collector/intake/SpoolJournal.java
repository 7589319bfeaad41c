package org.tlsrpt.collector.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says in the log why deliveries go to the spool, once a minute however many they are. */
@Component
class SpoolJournal {

  private static final Logger log = LoggerFactory.getLogger(SpoolJournal.class);

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Clock clock;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

  SpoolJournal(Clock clock) {
    this.clock = clock;
  }

  /**
   * A delivery is in the spool.
   *
   * @param reason what the database said, or that it said nothing; only its first line is shown,
   *     since what follows there may quote the report
   */
  void kept(String reason) {
    var now = clock.instant();
    var before = last.get();
    // An hour that was set back must not silence it.
    var due = now.isBefore(before) || !now.minus(PAUSE).isBefore(before);
    if (due && last.compareAndSet(before, now)) {
      log.warn("Deliveries wait in the spool: {}", reason.lines().findFirst().orElse("no reason"));
    }
  }
}
