package org.tlsrpt.collector.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.Gunzip.End;
import org.tlsrpt.collector.intake.MemoryBudget.Lease;
import org.tlsrpt.collector.report.Note;

/**
 * Makes a JSON document of a body. The bytes decide what they are: media types and encodings are
 * wrong too often (Content-Encoding said once too often by proxies, gzip under application/json).
 */
final class Decoder {

  private static final int MOST_LAYERS = 3;

  /**
   * Inflated in one pass into memory; more is counted first and inflated again once it is known.
   */
  private static final int SMALL = 256 * 1024;

  private static final int LARGEST_WRAPPED = 10 * 1024 * 1024;

  private static final Note TRAILING =
      new Note(
          "gzip-trailing-bytes", "", "Bytes that are not gzip follow the gzip member; ignored.");

  private static final Note NESTED =
      new Note("gzip-nested", "", "The report was compressed more than once.");

  private final long limit;
  private final MemoryBudget budget;

  Decoder(long limit, MemoryBudget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /** Memory that documents in work hold. */
  long leasedBytes() {
    return budget.leasedBytes();
  }

  /** What a body is. */
  sealed interface Decoded {

    /**
     * Bytes that begin like JSON.
     *
     * @param json the document, every layer of gzip taken off
     * @param gzip the same compressed once: as sent if that was one clean member
     * @param notes what was odd about the compression
     * @param lease of the memory it takes, until closed
     */
    record Document(byte[] json, byte[] gzip, List<Note> notes, Lease lease)
        implements Decoded, AutoCloseable {

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

  Decoded decode(byte[] body) {
    if (body.length == 0) {
      return new Decoded.Empty();
    }
    if (Gunzip.looksLikeGzip(body, 0)) {
      return new Layers(body, List.of()).run();
    }
    if (beginsLikeJson(body)) {
      return new Decoded.Document(body, compress(body), List.of(), Lease.NONE);
    }
    return Wrapping.of(body)
        .map(wrapping -> unwrap(wrapping, body))
        .orElseGet(Decoded.Unknown::new);
  }

  private Decoded unwrap(Wrapping wrapping, byte[] body) {
    var damaged = new Decoded.Damaged("The body holds no report that can be read.");
    try {
      // Never more than a body may have: who wraps like this sends no large reports.
      var inside = wrapping.unwrap(body, (int) Math.min(limit, LARGEST_WRAPPED));
      if (inside == null || inside.length == 0) {
        return damaged;
      }
      var notes = List.of(new Note(wrapping.code(), "", wrapping.message()));
      if (Gunzip.looksLikeGzip(inside, 0)) {
        return new Layers(inside, notes).run();
      }
      return beginsLikeJson(inside)
          ? new Decoded.Document(inside, compress(inside), notes, Lease.NONE)
          : damaged;
    } catch (IOException | IllegalArgumentException e) {
      return damaged;
    }
  }

  /** The layers of gzip around one document. */
  private final class Layers {

    private final byte[] body;
    private final List<Note> notes;
    private byte[] bytes;
    private Lease lease = Lease.NONE;
    private boolean clean;
    private long left = limit;

    Layers(byte[] body, List<Note> notes) {
      this.body = body;
      this.bytes = body;
      this.notes = new ArrayList<>(notes);
    }

    Decoded run() {
      for (var layer = 1; Gunzip.looksLikeGzip(bytes, 0); layer++) {
        var failure =
            layer > MOST_LAYERS
                ? new Decoded.Damaged("The body is gzip within gzip, more than three times.")
                : peel(layer);
        if (failure != null) {
          lease.close();
          return failure;
        }
      }
      return document();
    }

    private Decoded document() {
      if (!beginsLikeJson(bytes)) {
        lease.close();
        return new Decoded.Damaged(
            bytes.length == 0
                ? "The body is gzip of nothing."
                : "The body is gzip of something that is not JSON.");
      }
      return new Decoded.Document(bytes, clean ? body : compress(bytes), notes, lease);
    }

    /** Takes one layer off; what stands in the way, or {@code null}. */
    private @Nullable Decoded peel(int layer) {
      var first = new FirstBytes();
      return switch (inflate(left, first)) {
        case End.Damaged(var reason) -> new Decoded.Damaged(reason);
        case End.TooLarge() -> new Decoded.TooLarge();
        case End.Whole whole -> take(whole, layer, first);
      };
    }

    private @Nullable Decoded take(End.Whole whole, int layer, FirstBytes first) {
      if (whole.tail() == Gunzip.Tail.OTHER && !notes.contains(TRAILING)) {
        notes.add(TRAILING);
      }
      if (layer == 2) {
        notes.add(NESTED);
      }
      clean = layer == 1 && whole.members() == 1 && whole.tail() == Gunzip.Tail.NOTHING;
      left -= whole.size();
      var size = (int) whole.size();
      if (size > SMALL) {
        return inflateAgain(size);
      }
      bytes = first.bytes(size);
      return null;
    }

    private End inflate(long most, Gunzip.Sink sink) {
      try (var gunzip = new Gunzip(bytes)) {
        return gunzip.inflate(most, sink);
      }
    }

    private @Nullable Decoded inflateAgain(int size) {
      var more = budget.reserve(size);
      if (more == null) {
        return new Decoded.NoRoom(idOf(size));
      }
      var whole = new WholeArray(size);
      inflate(size, whole);
      lease.close();
      lease = more;
      bytes = whole.bytes;
      return null;
    }

    /** In constant memory; only of one layer, since the next is known when this one is inflated. */
    private @Nullable UUID idOf(int size) {
      var hash = new ContentId.Hash();
      var first = new FirstBytes();
      inflate(
          size,
          (piece, length) -> {
            hash.accept(piece, length);
            first.accept(piece, length);
          });
      return Gunzip.looksLikeGzip(first.kept.toByteArray(), 0) ? null : hash.id();
    }
  }

  /** Keeps what a small document holds, and of a large one nothing beyond. */
  private static final class FirstBytes implements Gunzip.Sink {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void accept(byte[] bytes, int length) {
      kept.write(bytes, 0, Math.min(length, SMALL - kept.size()));
    }

    byte[] bytes(int size) {
      if (kept.size() != size) {
        throw new IllegalStateException("kept " + kept.size() + " of " + size);
      }
      return kept.toByteArray();
    }
  }

  private static final class WholeArray implements Gunzip.Sink {

    private final byte[] bytes;
    private int size;

    WholeArray(int size) {
      this.bytes = new byte[size];
    }

    @Override
    public void accept(byte[] piece, int length) {
      System.arraycopy(piece, 0, bytes, size, length);
      size += length;
    }
  }

  /** Whether the first character could open a JSON text, in UTF-8 or, unreadable, in UTF-16. */
  private static boolean beginsLikeJson(byte[] bytes) {
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

  private static byte[] compress(byte[] document) {
    var compressed = new ByteArrayOutputStream(Math.max(512, document.length / 16));
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(document);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return compressed.toByteArray();
  }
}
