package org.tlsrpt.collector.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.Gunzip.End;
import org.tlsrpt.collector.intake.MemoryBudget.Lease;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport;

/**
 * Makes a JSON document of a body. The bytes decide what they are: media types and encodings are
 * wrong too often (Content-Encoding said once too often by proxies, gzip under application/json).
 */
final class Decoder {

  private static final int MOST_LAYERS = 3;

  /**
   * Nearly every report there is (RFC 8460 samples: 385 to 2,476 bytes) takes no lease and is
   * inflated in one pass; more is counted first and inflated again once there is room for it.
   */
  private static final int SMALL = 4 * 1024;

  /** What reading makes of a byte at worst: {@code {},} becomes a failure detail. */
  private static final int OBJECTS_PER_BYTE = 24;

  /** What reading makes of a document at worst: it stops at a number of failure details. */
  private static final long MOST_OBJECTS = 32L * 1024 * 1024;

  /** Bytes that an element of a list takes, its texts apart. */
  private static final int ELEMENT = 96;

  /** The document, its compressed form and the texts in it. */
  private static final int COPIES = 3;

  private static final int LARGEST_WRAPPED = 10 * 1024 * 1024;

  private static final Note TRAILING =
      new Note(
          "gzip-trailing-bytes", "", "Bytes that are not gzip follow the gzip member; ignored.");

  private static final Note NESTED =
      new Note("gzip-nested", "", "The report was compressed more than once.");

  private final long limit;
  private final MemoryBudget budget;
  private final MemoryBudget turns;

  /**
   * Makes a decoder.
   *
   * @param limit bytes of a document, all layers together
   * @param budget for what documents and their reading hold
   * @param turns of those that inflate something large
   */
  Decoder(long limit, MemoryBudget budget, MemoryBudget turns) {
    this.limit = limit;
    this.budget = budget;
    this.turns = turns;
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
        lease.shrinkTo((long) json.length * (COPIES - 1) + gzip.length + elements * ELEMENT);
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
    if (Gunzip.looksLikeGzip(body, 0)) {
      return new Layers(source, body, List.of(), Lease.NONE).run();
    }
    if (beginsLikeJson(body)) {
      var lease = leaseFor(source, body.length);
      return lease == null
          ? new Decoded.NoRoom(ContentId.of(body))
          : new Decoded.Document(body, compress(body), List.of(), lease);
    }
    return Wrapping.of(body)
        .map(wrapping -> unwrap(source, wrapping, body))
        .orElseGet(Decoded.Unknown::new);
  }

  /** Room for a document of so many bytes and all that reading may make of it. */
  private @Nullable Lease leaseFor(String source, long size) {
    return size <= SMALL ? Lease.NONE : budget.reserve(source, weight(size));
  }

  private static long weight(long size) {
    return size * COPIES + Math.min(size * OBJECTS_PER_BYTE, MOST_OBJECTS);
  }

  private Decoded unwrap(String source, Wrapping wrapping, byte[] body) {
    // Never more than a body may have: who wraps like this sends no large reports.
    var most = (int) Math.min(limit, LARGEST_WRAPPED);
    try (var turn = turns.reserve(source, 1)) {
      var lease = turn == null ? null : leaseFor(source, most);
      return lease == null ? new Decoded.NoRoom(null) : unwrap(source, wrapping, body, most, lease);
    }
  }

  private Decoded unwrap(String source, Wrapping wrapping, byte[] body, int most, Lease lease) {
    try {
      var inside = wrapping.unwrap(body, most);
      if (inside != null && inside.length > 0) {
        var notes = List.of(new Note(wrapping.code(), "", wrapping.message()));
        lease.shrinkTo(weight(inside.length));
        if (Gunzip.looksLikeGzip(inside, 0)) {
          return new Layers(source, inside, notes, lease).run();
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

  /** The layers of gzip around one document. */
  private final class Layers {

    private final String source;
    private final byte[] body;
    private final List<Note> notes;
    private byte[] bytes;
    private Lease lease;
    private boolean clean;
    private long left = limit;

    Layers(String source, byte[] body, List<Note> notes, Lease lease) {
      this.source = source;
      this.lease = lease;
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
      return switch (inflate(Math.min(SMALL, left), first)) {
        case End.Damaged(var reason) -> new Decoded.Damaged(reason);
        case End.TooLarge() -> left > SMALL ? peelLarge(layer) : new Decoded.TooLarge();
        case End.Whole whole -> {
          note(whole, layer);
          bytes = first.bytes();
          yield null;
        }
      };
    }

    private @Nullable Decoded peelLarge(int layer) {
      var count = inTurn(() -> inflate(left, (piece, length) -> {}));
      return switch (count) {
        case null -> new Decoded.NoRoom(null);
        case End.Damaged(var reason) -> new Decoded.Damaged(reason);
        case End.TooLarge() -> new Decoded.TooLarge();
        case End.Whole whole -> {
          note(whole, layer);
          yield inflateAgain((int) whole.size());
        }
      };
    }

    private void note(End.Whole whole, int layer) {
      if (whole.tail() == Gunzip.Tail.OTHER && !notes.contains(TRAILING)) {
        notes.add(TRAILING);
      }
      if (layer == 2) {
        notes.add(NESTED);
      }
      clean = layer == 1 && whole.members() == 1 && whole.tail() == Gunzip.Tail.NOTHING;
      left -= whole.size();
    }

    private End inflate(long most, Gunzip.Sink sink) {
      try (var gunzip = new Gunzip(bytes)) {
        return gunzip.inflate(most, sink);
      }
    }

    /** What takes a processor for long waits until others of this source had theirs. */
    private <T> @Nullable T inTurn(Supplier<@Nullable T> work) {
      try (var turn = turns.reserve(source, 1)) {
        return turn == null ? null : work.get();
      }
    }

    private @Nullable Decoded inflateAgain(int size) {
      var more = budget.reserve(source, weight(size));
      if (more == null) {
        return new Decoded.NoRoom(inTurn(() -> idOf(size)));
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
      return Gunzip.looksLikeGzip(first.bytes(), 0) ? null : hash.id();
    }
  }

  /** Keeps what a small document holds, and of a large one nothing beyond. */
  private static final class FirstBytes implements Gunzip.Sink {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);

    @Override
    public void accept(byte[] bytes, int length) {
      kept.write(bytes, 0, Math.min(length, SMALL - kept.size()));
    }

    byte[] bytes() {
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
