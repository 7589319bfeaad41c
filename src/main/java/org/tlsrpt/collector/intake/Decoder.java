package org.tlsrpt.collector.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.tlsrpt.collector.intake.MemoryBudget.Lease;
import org.tlsrpt.collector.report.Note;

/**
 * Makes a JSON document of a body. The bytes decide what they are: media types and encodings are
 * wrong too often (Content-Encoding said once too often by proxies, gzip under application/json).
 */
final class Decoder {

  private static final int LARGEST_WRAPPED = 10 * 1024 * 1024;

  private final long limit;
  private final Duration patience;
  private final MemoryBudget budget;
  private final MemoryBudget turns;

  /**
   * Makes a decoder.
   *
   * @param limit bytes of a document, all layers together
   * @param patience of a delivery for what others hold, all its waits together
   * @param budget for what documents and their reading hold
   * @param turns of those that inflate something large
   */
  Decoder(long limit, Duration patience, MemoryBudget budget, MemoryBudget turns) {
    this.limit = limit;
    this.patience = patience;
    this.budget = budget;
    this.turns = turns;
  }

  /** Memory that documents in work hold. */
  long leasedBytes() {
    return budget.leasedBytes();
  }

  /**
   * Decodes a body.
   *
   * @param source whose it is: none may hold more than half of the memory
   * @param body any bytes at all
   */
  Decoded decode(String source, byte[] body) {
    if (body.length == 0) {
      return new Decoded.Empty();
    }
    var room = new Reservations(source, budget, turns, patience);
    if (Gunzip.looksLikeGzip(body, 0)) {
      return new Layers(room, limit, body, List.of(), Lease.NONE).run();
    }
    if (beginsLikeJson(body)) {
      var lease = room.lease(body.length);
      return lease == null
          ? new Decoded.NoRoom(ContentId.of(body))
          : new Decoded.Document(body, compress(body), List.of(), lease);
    }
    return Wrapping.of(body)
        .map(wrapping -> unwrap(room, wrapping, body))
        .orElseGet(Decoded.Unknown::new);
  }

  private Decoded unwrap(Reservations room, Wrapping wrapping, byte[] body) {
    // Never more than a body may have: who wraps like this sends no large reports.
    var most = (int) Math.min(limit, LARGEST_WRAPPED);
    var unwrapped =
        room.<Decoded>inTurn(
            () -> {
              var lease = room.lease(most);
              return lease == null ? null : unwrap(room, wrapping, body, most, lease);
            });
    return unwrapped == null ? new Decoded.NoRoom(null) : unwrapped;
  }

  private Decoded unwrap(Reservations room, Wrapping wrapping, byte[] body, int most, Lease lease) {
    try {
      var inside = wrapping.unwrap(body, most);
      if (inside != null && inside.length > 0) {
        var notes = List.of(new Note(wrapping.code(), "", wrapping.message()));
        lease.shrinkTo(Reservations.weight(inside.length));
        if (Gunzip.looksLikeGzip(inside, 0)) {
          return new Layers(room, limit, inside, notes, lease).run();
        }
        if (beginsLikeJson(inside)) {
          return new Decoded.Document(inside, compress(inside), notes, lease);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // answered below, like a body that holds nothing
    }
    lease.close();
    return new Decoded.Damaged("The body holds no report that can be read.");
  }

  /** Whether the first character could open a JSON text, in UTF-8 or, unreadable, in UTF-16. */
  static boolean beginsLikeJson(byte[] bytes) {
    for (var each : bytes) {
      switch (each) {
        case (byte) 0xEF,
            (byte) 0xBB,
            (byte) 0xBF,
            (byte) 0xFE,
            (byte) 0xFF,
            0,
            ' ',
            '\t',
            '\n',
            '\r' -> {
          // a byte order mark, white space, or the other half of a UTF-16 character
        }
        default -> {
          return "{[\"-0123456789tfn".indexOf(each) >= 0;
        }
      }
    }
    return false;
  }

  /** As one clean member. */
  static byte[] compress(byte[] document) {
    var compressed = new ByteArrayOutputStream(Math.max(512, document.length / 16));
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(document);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return compressed.toByteArray();
  }
}
