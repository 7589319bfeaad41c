package org.tlsrpt.collector.intake;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsrpt.collector.intake.QuarantineEntry.Position;
import org.tlsrpt.collector.intake.ReplayProgress.State;

/** One walk over the quarantine, oldest first, up to the newest entry there was at the start. */
final class ReplayRun implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(ReplayRun.class);

  private static final int AT_ONCE = 100;

  private static final Position BEFORE_ALL = new Position(Instant.EPOCH, new UUID(0, 0));

  private final Quarantine quarantine;
  private final Function<UUID, ReplayOutcome> replay;
  private final @Nullable Position newest;
  private volatile ReplayProgress progress;
  private volatile boolean stopping;

  ReplayRun(Quarantine quarantine, Function<UUID, ReplayOutcome> replay) {
    this.quarantine = quarantine;
    this.replay = replay;
    this.newest = quarantine.newest();
    this.progress = ReplayProgress.startOf(newest == null ? 0 : quarantine.countUpTo(newest));
  }

  ReplayProgress progress() {
    return progress;
  }

  /** Ends after the entry at hand. */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    var end = State.STOPPED;
    try {
      end = walk();
    } catch (RuntimeException e) {
      log.warn("The replay of the quarantine ended early", e);
    } finally {
      progress = progress.as(end);
      log.info("Replay of the quarantine: {}", progress);
    }
  }

  private State walk() {
    if (newest == null) {
      return State.DONE;
    }
    var page = quarantine.between(BEFORE_ALL, newest, AT_ONCE);
    while (!page.isEmpty()) {
      for (var place : page) {
        if (stopping) {
          return State.STOPPED;
        }
        progress = progress.plus(replay.apply(place.id()));
      }
      page = quarantine.between(page.getLast(), newest, AT_ONCE);
    }
    return State.DONE;
  }
}
