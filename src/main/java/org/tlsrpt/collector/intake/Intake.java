package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.Decoder.Decoded;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.Reading;
import org.tlsrpt.collector.report.ReportReader;
import org.tlsrpt.collector.store.NewReport;
import org.tlsrpt.collector.store.ReportArchive;
import org.tlsrpt.collector.store.SaveOutcome;

/** The one way in: every door makes a {@link Delivery} and hands it here. */
@Component
public class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private final Decoder decoder;
  private final ReportReader reader;
  private final ReportArchive archive;

  Intake(IntakeProperties properties, ReportArchive archive) {
    var limit = properties.maxInflatedSize().toBytes();
    this.decoder = new Decoder(limit, MemoryBudget.ofHeap(4, limit, Duration.ofSeconds(2)));
    this.reader = new ReportReader(ReportReader.Limits.DEFAULT);
    this.archive = archive;
  }

  /**
   * Decodes, reads and stores a delivery.
   *
   * @param delivery any bytes at all
   * @return what became of it; never an exception for the sender's or the database's sake
   */
  public Outcome accept(Delivery delivery) {
    return switch (decoder.decode(delivery.body())) {
      case Decoded.Empty() -> new Outcome.Refused(Reason.EMPTY, "The body is empty.");
      case Decoded.Unknown() ->
          new Outcome.Refused(
              Reason.UNKNOWN_FORMAT,
              "The body begins neither like gzip (RFC 1952) nor like JSON (RFC 8259).");
      case Decoded.Damaged(var reason) -> new Outcome.Refused(Reason.UNREADABLE, reason);
      case Decoded.TooLarge() ->
          new Outcome.Refused(Reason.TOO_LARGE, "The body inflates to more than is taken here.");
      case Decoded.NoRoom() -> new Outcome.Unavailable("other large deliveries hold the memory");
      case Decoded.Document document -> {
        try (document) {
          yield read(delivery, document);
        }
      }
    };
  }

  private Outcome read(Delivery delivery, Decoded.Document document) {
    return switch (reader.read(document.json(), delivery.recipientDomain())) {
      case Reading.NotJson(var reason) -> new Outcome.Refused(Reason.UNREADABLE, reason);
      case Reading.NotAReport(var reason) -> new Outcome.Refused(Reason.NOT_A_REPORT, reason);
      case Reading.TooLarge(var reason) -> new Outcome.Refused(Reason.TOO_LARGE, reason);
      case Reading.Read read -> save(delivery, document, read);
    };
  }

  private Outcome save(Delivery delivery, Decoded.Document document, Reading.Read read) {
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
    return switch (archive.save(report, PATIENCE)) {
      case SaveOutcome.Stored(var stored, var all) -> new Outcome.Stored(stored, all);
      case SaveOutcome.Duplicate(var stored) -> new Outcome.Duplicate(stored, notes);
      case SaveOutcome.Unavailable(var reason) -> {
        log.warn("The database is not available: {}", reason);
        yield new Outcome.Unavailable("the database is away");
      }
      case SaveOutcome.Rejected(var cause) -> {
        log.error("The database refuses report {}, which is a defect here", id, cause);
        yield new Outcome.Unavailable("the database refuses the report");
      }
    };
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
