package org.tlsrpt.collector.intake;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.Gunzip.End;
import org.tlsrpt.collector.intake.MemoryBudget.Lease;
import org.tlsrpt.collector.report.Note;

/** The layers of gzip around one document. */
final class Layers {

  private static final int MOST_LAYERS = 3;

  private static final Note TRAILING =
      new Note(
          "gzip-trailing-bytes", "", "Bytes that are not gzip follow the gzip member; ignored.");

  private static final Note NESTED =
      new Note("gzip-nested", "", "The report was compressed more than once.");

  private final Reservations room;
  private final byte[] body;
  private final List<Note> notes;
  private byte[] bytes;
  private Lease lease;
  private boolean clean;
  private long left;

  /**
   * Makes them of a body that begins like gzip.
   *
   * @param room for what is inflated
   * @param limit bytes of all layers together
   * @param body the outermost layer
   * @param notes what was odd about the body so far
   * @param lease of the memory that the body takes; closed when the document has its own
   */
  Layers(Reservations room, long limit, byte[] body, List<Note> notes, Lease lease) {
    this.room = room;
    this.left = limit;
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
    if (!Decoder.beginsLikeJson(bytes)) {
      lease.close();
      return new Decoded.Damaged(
          bytes.length == 0
              ? "The body is gzip of nothing."
              : "The body is gzip of something that is not JSON.");
    }
    return new Decoded.Document(bytes, clean ? body : Decoder.compress(bytes), notes, lease);
  }

  /** Takes one layer off; what stands in the way, or {@code null}. */
  private @Nullable Decoded peel(int layer) {
    var first = new FirstBytes();
    return switch (inflate(Math.min(Reservations.SMALL, left), first)) {
      case End.Damaged(var reason) -> new Decoded.Damaged(reason);
      case End.TooLarge() -> left > Reservations.SMALL ? peelLarge(layer) : new Decoded.TooLarge();
      case End.Whole whole -> {
        note(whole, layer);
        bytes = first.bytes();
        yield null;
      }
    };
  }

  private @Nullable Decoded peelLarge(int layer) {
    var count = room.inTurn(() -> inflate(left, (piece, length) -> {}));
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

  private @Nullable Decoded inflateAgain(int size) {
    var more = room.lease(size);
    if (more == null) {
      return new Decoded.NoRoom(room.inOneMoreTurn(() -> idOf(size)));
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

  /** Keeps what a small document holds, and of a large one nothing beyond. */
  private static final class FirstBytes implements Gunzip.Sink {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);

    @Override
    public void accept(byte[] bytes, int length) {
      kept.write(bytes, 0, Math.min(length, Reservations.SMALL - kept.size()));
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
}
