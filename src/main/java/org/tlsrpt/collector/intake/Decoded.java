package org.tlsrpt.collector.intake;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.MemoryBudget.Lease;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport;

/** What a body is. */
sealed interface Decoded {

  /**
   * Bytes that begin like JSON.
   *
   * @param json the document, every layer of gzip taken off
   * @param gzip the same compressed once: as sent if that was one clean member
   * @param notes what was odd about the compression
   * @param lease of the memory that it and its reading may take, until closed
   */
  record Document(byte[] json, byte[] gzip, List<Note> notes, Lease lease)
      implements Decoded, AutoCloseable {

    /** Gives back the memory that its reading might have taken and did not. */
    void hasBeenRead(TlsReport report) {
      var elements = 0L;
      for (var result : report.policies()) {
        var policy = result.policy();
        elements += 1 + policy.strings().size() + policy.mxHosts().size();
        elements += result.failureDetails().size();
      }
      lease.shrinkTo(Reservations.weightOfRead(json.length, gzip.length, elements));
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  /** No bytes. */
  record Empty() implements Decoded {}

  /** Begins like neither gzip nor JSON. */
  record Unknown() implements Decoded {}

  /**
   * Begins like gzip and is damaged, or holds something else than JSON.
   *
   * @param reason one sentence
   */
  record Damaged(String reason) implements Decoded {}

  /** Over the limit when inflated. */
  record TooLarge() implements Decoded {}

  /**
   * Other deliveries hold the memory.
   *
   * @param id made of the content; {@code null} if that would have to be inflated again
   */
  record NoRoom(@Nullable UUID id) implements Decoded {}
}
