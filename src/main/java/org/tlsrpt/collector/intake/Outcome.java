package org.tlsrpt.collector.intake;

import java.util.List;
import java.util.UUID;
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
   * Not a report, or one that cannot be read.
   *
   * @param reason which rule it fails
   * @param detail one sentence for the sender's author, without any of the sender's text
   */
  record Refused(Reason reason, String detail) implements Outcome {}

  /**
   * Nothing could be kept, for a trouble of ours; the same delivery may succeed later.
   *
   * @param detail what is missing, for the log
   */
  record Unavailable(String detail) implements Outcome {}

  /** Why a delivery is refused. */
  enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** Begins like neither gzip nor JSON. */
    UNKNOWN_FORMAT,
    /** Begins like gzip or JSON and cannot be read. */
    UNREADABLE,
    /** Readable JSON that is no TLS report. */
    NOT_A_REPORT,
    /** Beyond a limit once inflated. */
    TOO_LARGE
  }
}
