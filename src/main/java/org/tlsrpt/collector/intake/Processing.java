package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.Reading;
import org.tlsrpt.collector.report.ReportReader;
import org.tlsrpt.collector.store.NewReport;
import org.tlsrpt.collector.store.ReportArchive;
import org.tlsrpt.collector.store.SaveOutcome;

/**
 * What happens to every delivery, whichever door it came through: decoded, read, stored, or kept in
 * quarantine.
 */
@Component
class Processing {

  private static final Logger log = LoggerFactory.getLogger(Processing.class);

  /** A known sender gives up after 10 s; what waits longer than this goes to the spool. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PATIENCE_FOR_LARGE = Duration.ofMillis(2_500);
  private static final int LARGE = 1_000_000;

  private final Decoder decoder;
  private final ReportReader reader;
  private final ReportArchive archive;
  private final Keeper keeper;

  @Autowired
  Processing(Decoder decoder, ReportReader reader, ReportArchive archive, Quarantine quarantine) {
    this(decoder, reader, archive, quarantine::keep);
  }

  private Processing(Decoder decoder, ReportReader reader, ReportArchive archive, Keeper keeper) {
    this.decoder = decoder;
    this.reader = reader;
    this.archive = archive;
    this.keeper = keeper;
  }

  /** Where that goes which cannot be read. */
  interface Keeper {

    KeepOutcome keep(Delivery delivery, Reason reason, String detail);
  }

  /** The same for deliveries that are kept elsewhere already. */
  Processing with(Keeper other) {
    return new Processing(decoder, reader, archive, other);
  }

  /**
   * Decodes, reads and stores a delivery. Whatever a body does to our code, the body is not the one
   * to pay for it.
   *
   * @param delivery any bytes at all
   * @param patience for the database; {@code null} for what a sender can wait
   * @return what became of it; {@link Outcome.Unavailable} if nothing is kept
   */
  Outcome process(Delivery delivery, @Nullable Duration patience) {
    try {
      return decode(delivery, patience);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("A delivery cannot be handled, which is a defect here", e);
      return quarantine(
          delivery,
          Reason.UNREADABLE,
          "Reading the body failed, which is a defect here.",
          patience);
    }
  }

  private Outcome decode(Delivery delivery, @Nullable Duration patience) {
    return switch (decoder.decode(nameOf(delivery), delivery.body())) {
      case Decoded.Empty() -> new Outcome.Refused(Reason.EMPTY, "The body is empty.");
      case Decoded.Unknown() ->
          new Outcome.Refused(
              Reason.UNKNOWN_FORMAT,
              "The body begins neither like gzip (RFC 1952) nor like JSON (RFC 8259).");
      case Decoded.Damaged(var reason) -> quarantine(delivery, Reason.UNREADABLE, reason, patience);
      case Decoded.TooLarge() ->
          quarantine(
              delivery,
              Reason.REPORT_TOO_LARGE,
              "The body inflates to more than is taken here.",
              patience);
      case Decoded.NoRoom(var id) ->
          new Outcome.Unavailable(
              "other large deliveries hold the memory",
              id == null ? null : new Outcome.Spooled(id));
      case Decoded.Document document -> {
        try (document) {
          yield read(delivery, document, patience);
        }
      }
    };
  }

  private static String nameOf(Delivery delivery) {
    var address = delivery.source().ip();
    return address == null ? delivery.source().channel() : Sources.nameOf(address);
  }

  private Outcome read(Delivery delivery, Decoded.Document document, @Nullable Duration patience) {
    return switch (reader.read(document.json(), delivery.recipientDomain())) {
      case Reading.NotJson(var reason) -> quarantine(delivery, Reason.UNREADABLE, reason, patience);
      case Reading.NotAReport(var reason) ->
          quarantine(delivery, Reason.NOT_A_REPORT, reason, patience);
      case Reading.TooLarge(var reason) ->
          quarantine(delivery, Reason.REPORT_TOO_LARGE, reason, patience);
      case Reading.Read read -> {
        document.hasBeenRead(read.report());
        yield save(delivery, document, read, patience);
      }
    };
  }

  private Outcome save(
      Delivery delivery,
      Decoded.Document document,
      Reading.Read read,
      @Nullable Duration patience) {
    var id = ContentId.of(document.json());
    var notes = join(document.notes(), read.notes());
    var report =
        new NewReport(
            id,
            read.report(),
            notes,
            read.domainInferred(),
            document.gzip(),
            delivery.recipientDomain(),
            delivery.source());
    var wait = patience == null ? patienceFor(document.json().length) : patience;
    return switch (archive.save(report, wait)) {
      case SaveOutcome.Stored(var stored, var all) -> new Outcome.Stored(stored, all);
      case SaveOutcome.Duplicate(var stored) -> new Outcome.Duplicate(stored, notes);
      case SaveOutcome.Unavailable(var reason) ->
          new Outcome.Unavailable(reason, new Outcome.Spooled(id));
      case SaveOutcome.Rejected(var cause) -> refusedByDatabase(delivery, id, cause, patience);
    };
  }

  private static Duration patienceFor(int bytes) {
    return bytes > LARGE ? PATIENCE_FOR_LARGE : PATIENCE;
  }

  private Outcome quarantine(
      Delivery delivery, Reason reason, String detail, @Nullable Duration patience) {
    var wait = patience == null ? patienceFor(delivery.body().length) : patience;
    return switch (keepInTime(delivery, reason, detail, wait)) {
      case KeepOutcome.Kept(var id, var again) -> new Outcome.Quarantined(reason, detail, id);
      case KeepOutcome.Unavailable(var cause) ->
          new Outcome.Unavailable(
              String.valueOf(cause.getMessage()),
              new Outcome.Quarantined(reason, detail, ContentId.of(delivery.body())));
    };
  }

  /** A database that hangs says nothing for long, and the sender waits. */
  private KeepOutcome keepInTime(
      Delivery delivery, Reason reason, String detail, Duration patience) {
    var keeping =
        CompletableFuture.supplyAsync(
            () -> keeper.keep(delivery, reason, detail), task -> Thread.startVirtualThread(task));
    try {
      return keeping.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return new KeepOutcome.Unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new KeepOutcome.Unavailable(e);
    }
  }

  /** Our defect and not the sender's: kept for the version that mends it, answered as kept. */
  private Outcome refusedByDatabase(
      Delivery delivery, UUID id, Exception cause, @Nullable Duration patience) {
    log.error("The database refuses report {}, which is a defect here", id, cause);
    var kept =
        quarantine(
            delivery, Reason.REFUSED_BY_DATABASE, "The database refuses the report.", patience);
    return kept instanceof Outcome.Quarantined
        ? new Outcome.Spooled(id)
        : new Outcome.Unavailable("the database refuses the report", new Outcome.Spooled(id));
  }

  private static List<Note> join(List<Note> first, List<Note> second) {
    if (first.isEmpty()) {
      return second;
    }
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
