package org.tlsrpt.collector.intake;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;

/** What became of a {@link Delivery}. */
public sealed interface Outcome {

  /**
   * On disk, put there by this delivery.
   *
   * @param id made of the content
   * @param notes what was put right
   */
  record Stored(UUID id, List<Note> notes) implements Outcome {}

  /**
   * The same bytes were stored before.
   *
   * @param id made of the content
   * @param notes what was put right
   */
  record Duplicate(UUID id, List<Note> notes) implements Outcome {}

  /**
   * On disk, waiting for the database.
   *
   * @param id the report will have
   */
  record Spooled(UUID id) implements Outcome {}

  /**
   * Cannot be read or is no report, and is kept all the same: a sender will not send it again.
   *
   * @param reason which rule it fails
   * @param detail one sentence for the sender's author, without any of the sender's text
   * @param id in quarantine
   */
  record Quarantined(Reason reason, String detail, UUID id) implements Outcome {}

  /**
   * Nothing that could be a report; not kept.
   *
   * @param reason which rule it fails
   * @param detail one sentence for the sender's author, without any of the sender's text
   */
  record Refused(Reason reason, String detail) implements Outcome {}

  /**
   * A probe of our own, which asks whether reports arrive; nothing is kept.
   *
   * @param nonce that it carries
   */
  record Probed(String nonce) implements Outcome {}

  /** The source has used up its share; not read. */
  record Flooded() implements Outcome {}

  /** The connection broke before the delivery was whole. */
  record Aborted() implements Outcome {}

  /**
   * Nothing is kept, for a trouble of ours; the same delivery may succeed later.
   *
   * @param detail what is missing, for the log
   * @param ifSpooled the outcome if the delivery can be kept elsewhere until then; {@code null} if
   *     its id is not known
   */
  record Unavailable(String detail, @Nullable Outcome ifSpooled) implements Outcome {}

  /** Why a delivery is refused or kept in quarantine. */
  enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** Begins like neither gzip nor JSON. */
    UNKNOWN_FORMAT,
    /** More bytes than are taken. */
    BODY_TOO_LARGE,
    /** Addressed to a domain that is not served, or to none. */
    NOT_SERVED,
    /** Begins like gzip or JSON and cannot be read. */
    UNREADABLE,
    /** Readable JSON that is no TLS report. */
    NOT_A_REPORT,
    /** Beyond a limit once inflated. */
    REPORT_TOO_LARGE,
    /** Read, and refused by the database: a defect here. */
    REFUSED_BY_DATABASE
  }
}
