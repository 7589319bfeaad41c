package org.tlsrpt.collector.intake;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The one way in: every door makes a {@link Delivery} and hands it here. What the database cannot
 * take waits in the spool.
 */
@Component
public class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** When the spool drains nobody listens. */
  static final Duration PATIENCE_WITH_NOBODY = Duration.ofSeconds(30);

  private final Processing processing;
  private final Spool spool;
  private final SpoolJournal journal;

  Intake(Processing processing, Spool spool, SpoolJournal journal) {
    this.processing = processing;
    this.spool = spool;
    this.journal = journal;
  }

  /**
   * Decodes, reads and stores a delivery; keeps it on disk if the database cannot.
   *
   * @param delivery any bytes at all
   * @return what became of it; never an exception for the sender's or the database's sake
   */
  public Outcome accept(Delivery delivery) {
    var outcome = processing.process(delivery, null);
    return outcome instanceof Outcome.Unavailable unavailable
        ? spool(delivery, unavailable)
        : outcome;
  }

  /** The same for a delivery that is on disk here already: it is not spooled once more. */
  Outcome acceptAgain(Delivery delivery) {
    return processing.process(delivery, PATIENCE_WITH_NOBODY);
  }

  private Outcome spool(Delivery delivery, Outcome.Unavailable unavailable) {
    var ifSpooled = unavailable.ifSpooled();
    var id =
        switch (ifSpooled) {
          case Outcome.Spooled(var report) -> report;
          case Outcome.Quarantined(var reason, var detail, var entry) -> entry;
          case null, default -> null;
        };
    if (ifSpooled == null || id == null) {
      return unavailable;
    }
    return switch (spool.put(id, delivery)) {
      case Spool.Put.Kept() -> {
        journal.kept(unavailable.detail());
        yield ifSpooled;
      }
      case Spool.Put.Full() ->
          new Outcome.Unavailable(unavailable.detail() + ", and the spool is full", null);
      case Spool.Put.Failed(var cause) -> {
        log.error("The spool cannot be written", cause);
        yield new Outcome.Unavailable(unavailable.detail() + ", and the spool fails", null);
      }
    };
  }
}
