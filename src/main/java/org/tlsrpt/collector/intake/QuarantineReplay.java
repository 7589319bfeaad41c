package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.intake.ReplayProgress.State;

/** Delivers what is in quarantine once more: the reader may have got better since. */
@Component
public class QuarantineReplay implements DisposableBean {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Processing processing;
  private final Quarantine quarantine;
  private @Nullable ReplayRun run;
  private @Nullable Thread thread;

  QuarantineReplay(Processing processing, Quarantine quarantine) {
    // An entry that is deleted meanwhile must not come back.
    this.processing = processing.with(quarantine::stillRefused);
    this.quarantine = quarantine;
  }

  /**
   * Delivers one entry once more, as it came: same source, same recipient domain, same arrival
   * time. It leaves the quarantine if it is stored now, or was before; it never goes to the spool,
   * as it is kept here.
   *
   * @param id of the entry
   * @return what became of it
   */
  public ReplayOutcome replay(UUID id) {
    return quarantine
        .delivery(id)
        .map(delivery -> settled(id, processing.process(delivery, Intake.PATIENCE_WITH_NOBODY)))
        .orElseGet(ReplayOutcome.Gone::new);
  }

  private ReplayOutcome settled(UUID id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored stored -> {
        quarantine.delete(id);
        yield new ReplayOutcome.Stored(stored.id());
      }
      case Outcome.Duplicate duplicate -> {
        quarantine.delete(id);
        yield new ReplayOutcome.Duplicate(duplicate.id());
      }
      // Today's reason was noted with the entry.
      case Outcome.Quarantined quarantined ->
          new ReplayOutcome.StillRefused(
              Quarantine.code(quarantined.reason()), quarantined.detail());
      case Outcome.Refused refused -> stillRefused(id, refused.reason(), refused.detail());
      // Not from the spool's door but for one reason, and then it is in quarantine again.
      case Outcome.Spooled spooled ->
          stillRefused(id, Reason.REFUSED_BY_DATABASE, "The database refuses the report.");
      case Outcome.Unavailable unavailable -> new ReplayOutcome.Unavailable(unavailable.detail());
      // Three that only a sender at the door can get.
      case Outcome.Probed probed -> new ReplayOutcome.Unavailable("the delivery was a probe");
      case Outcome.Flooded flooded -> new ReplayOutcome.Unavailable("other deliveries go first");
      case Outcome.Aborted aborted -> new ReplayOutcome.Unavailable("the delivery was not whole");
    };
  }

  private ReplayOutcome stillRefused(UUID id, Reason reason, String detail) {
    quarantine.stillRefused(id, reason, detail);
    return new ReplayOutcome.StillRefused(Quarantine.code(reason), detail);
  }

  /**
   * Begins to deliver all entries once more, oldest first, and returns at once. Only one such
   * replay runs in an instance: while it does, this begins none. Two instances at it do no harm, as
   * a report is stored once.
   *
   * @return how far the one that runs is
   */
  public synchronized ReplayProgress replayAll() {
    if (run != null && run.progress().state() == State.RUNNING) {
      return run.progress();
    }
    var next = new ReplayRun(quarantine, this::replay);
    run = next;
    thread = Thread.ofVirtual().name("quarantine-replay").start(next);
    return next.progress();
  }

  /**
   * How far the replay of all is, or how the last one ended.
   *
   * @return the sums so far
   */
  public synchronized ReplayProgress progress() {
    return run == null ? ReplayProgress.NONE : run.progress();
  }

  /** Lets the entry at hand be finished while the database is still there. */
  @Override
  public void destroy() throws InterruptedException {
    var running = stopped();
    if (running != null) {
      running.join(PATIENCE);
    }
  }

  private synchronized @Nullable Thread stopped() {
    if (run != null) {
      run.stop();
    }
    return thread;
  }
}
