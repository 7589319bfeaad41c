package org.tlsrpt.collector.intake;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip (RFC 1952) member by member.
 *
 * <p>Not {@link java.util.zip.GZIPInputStream}: that recurses once per empty member (160 kB of them
 * overflow the stack), takes a second member cut within its first bytes for padding, and overlooks
 * reserved flags.
 */
final class Gunzip implements AutoCloseable {

  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xE0;
  private static final int TRAILER = 8;

  private final byte[] gzip;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[16 * 1024];
  private int at;

  Gunzip(byte[] gzip) {
    this.gzip = gzip;
  }

  static boolean looksLikeGzip(byte[] bytes, int at) {
    return at + 1 < bytes.length && bytes[at] == 0x1f && bytes[at + 1] == (byte) 0x8b;
  }

  /** Takes inflated bytes, piece by piece. */
  interface Sink {
    /** Takes the first {@code length} bytes of a buffer that is used again afterwards. */
    void accept(byte[] bytes, int length);
  }

  /** How the inflating ended. */
  sealed interface End {

    /**
     * Every checksum is right.
     *
     * @param size bytes inflated
     * @param members gzip members
     * @param tail what follows the last member
     */
    record Whole(long size, int members, Tail tail) implements End {}

    /**
     * Cut short or damaged.
     *
     * @param reason one sentence
     */
    record Damaged(String reason) implements End {}

    /** More bytes than allowed; nothing is known of the rest. */
    record TooLarge() implements End {}
  }

  /** What follows the last gzip member. */
  enum Tail {
    NOTHING,
    /** Zeros or white space, as tape-like writers and mail programs add. */
    PADDING,
    /** Something else that is not gzip. */
    OTHER
  }

  /** Inflates all members, at most {@code limit} bytes. */
  End inflate(long limit, Sink sink) {
    var size = 0L;
    var members = 0;
    try {
      do {
        skipHeader();
        size += member(limit - size, sink);
        if (size > limit) {
          return new End.TooLarge();
        }
        members++;
      } while (looksLikeGzip(gzip, at));
    } catch (Damage e) {
      return new End.Damaged(e.getMessage() + " (gzip member " + (members + 1) + ").");
    }
    return new End.Whole(size, members, tail());
  }

  /** Inflates one member; stops soon after {@code limit} bytes. */
  private long member(long limit, Sink sink) throws Damage {
    inflater.reset();
    inflater.setInput(gzip, at, gzip.length - at);
    crc.reset();
    var size = 0L;
    while (!inflater.finished()) {
      var length = inflateSome();
      size += length;
      if (size > limit) {
        return size;
      }
      crc.update(buffer, 0, length);
      sink.accept(buffer, length);
    }
    at = gzip.length - inflater.getRemaining();
    checkTrailer(size);
    return size;
  }

  private int inflateSome() throws Damage {
    try {
      var length = inflater.inflate(buffer);
      if (length == 0 && !inflater.finished()) {
        throw new Damage(
            inflater.needsDictionary()
                ? "The compressed data asks for a dictionary"
                : "The compressed data is cut short");
      }
      return length;
    } catch (DataFormatException e) {
      throw new Damage("The compressed data is damaged", e);
    }
  }

  private void checkTrailer(long size) throws Damage {
    need(TRAILER);
    if (int32() != (int) crc.getValue()) {
      throw new Damage("The checksum does not match the content");
    }
    if (int32() != (int) size) {
      throw new Damage("The length does not match the content");
    }
  }

  private void skipHeader() throws Damage {
    var start = at;
    need(10);
    if (gzip[at + 2] != 8) {
      throw new Damage("The compression method is not deflate");
    }
    var flags = gzip[at + 3];
    if ((flags & RESERVED) != 0) {
      throw new Damage("The header has reserved flags set");
    }
    at += 10;
    if ((flags & FEXTRA) != 0) {
      need(2);
      var length = int16();
      need(length);
      at += length;
    }
    if ((flags & FNAME) != 0) {
      skipText();
    }
    if ((flags & FCOMMENT) != 0) {
      skipText();
    }
    if ((flags & FHCRC) != 0) {
      checkHeader(start);
    }
  }

  private void checkHeader(int start) throws Damage {
    crc.reset();
    crc.update(gzip, start, at - start);
    need(2);
    if (int16() != (int) (crc.getValue() & 0xFFFF)) {
      throw new Damage("The checksum of the header does not match it");
    }
  }

  private void skipText() throws Damage {
    do {
      need(1);
    } while (gzip[at++] != 0);
  }

  private int int16() {
    return (gzip[at++] & 0xFF) | (gzip[at++] & 0xFF) << 8;
  }

  private int int32() {
    return int16() | int16() << 16;
  }

  private void need(int bytes) throws Damage {
    if (gzip.length - at < bytes) {
      throw new Damage("The gzip frame is cut short");
    }
  }

  private Tail tail() {
    if (at == gzip.length) {
      return Tail.NOTHING;
    }
    for (var i = at; i < gzip.length; i++) {
      if (gzip[i] != 0 && !Character.isWhitespace(gzip[i])) {
        return Tail.OTHER;
      }
    }
    return Tail.PADDING;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private static final class Damage extends Exception {

    private static final long serialVersionUID = 1;

    Damage(String message) {
      super(message);
    }

    Damage(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
