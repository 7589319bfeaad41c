package org.tlsrpt.collector.store;

import java.util.List;
import java.util.UUID;
import org.tlsrpt.collector.report.Note;

/** What became of a {@link NewReport}. */
public sealed interface SaveOutcome {

  /**
   * The report is on disk; this call put it there.
   *
   * @param id its id
   * @param notes the reader's, and those the archive added ({@code report-id-reused})
   */
  record Stored(UUID id, List<Note> notes) implements SaveOutcome {}

  /**
   * The same bytes were stored before.
   *
   * @param id its id
   */
  record Duplicate(UUID id) implements SaveOutcome {}

  /**
   * The database is away, slow or full. The same report can be saved again at any time: at worst
   * that is a {@link Duplicate}.
   *
   * @param reason what the database or driver said; for the log
   */
  record Unavailable(String reason) implements SaveOutcome {}

  /**
   * The database refuses this report, and would again: a defect of ours, since the reader should
   * have put it right.
   *
   * @param cause what the database said; for the log
   */
  record Rejected(Exception cause) implements SaveOutcome {}
}
