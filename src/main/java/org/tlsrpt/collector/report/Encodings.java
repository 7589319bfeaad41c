package org.tlsrpt.collector.report;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a document's characters are written (RFC 8259 §8.1: in UTF-8, without a mark). */
final class Encodings {

  private static final int MOST_MALFORMED = 100_000;
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Encodings() {}

  /** Whether the document begins with a byte order mark of UTF-8. */
  static boolean hasMark(byte[] document) {
    return document.length >= MARK.length
        && Arrays.equals(document, 0, MARK.length, MARK, 0, MARK.length);
  }

  /** The document without its mark. */
  static byte[] withoutMark(byte[] document) {
    return Arrays.copyOfRange(document, MARK.length, document.length);
  }

  /** Whether this is UTF-16 or UTF-32: text that begins with ASCII has zeros in it, or a mark. */
  static boolean isWide(byte[] document) {
    if (document.length < 2) {
      return false;
    }
    int first = document[0] & 0xFF;
    int second = document[1] & 0xFF;
    return first == 0 || second == 0 || first + second == 0xFE + 0xFF;
  }

  /**
   * The document with U+FFFD for what is not UTF-8.
   *
   * @return {@code null} if there is so much of it that the document must be in another encoding
   */
  static @Nullable Text text(byte[] document) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var input = ByteBuffer.wrap(document);
    var unused = CharBuffer.allocate(Math.min(8192, document.length + 1));
    var malformed = new ArrayList<Malformed>();
    while (true) {
      var result = decoder.decode(input, unused, true);
      if (result.isUnderflow()) {
        return malformed.isEmpty()
            ? new Text(document, false)
            : new Text(replaced(document, malformed), true);
      }
      if (result.isError()) {
        malformed.add(new Malformed(input.position(), result.length()));
        input.position(input.position() + result.length());
      }
      if (malformed.size() > MOST_MALFORMED) {
        return null;
      }
      unused.clear();
    }
  }

  private static byte[] replaced(byte[] document, List<Malformed> malformed) {
    int removed = malformed.stream().mapToInt(Malformed::length).sum();
    int added = malformed.size() * REPLACEMENT.length;
    var copy = ByteBuffer.allocate(document.length - removed + added);
    int copied = 0;
    for (var place : malformed) {
      copy.put(document, copied, place.start() - copied).put(REPLACEMENT);
      copied = place.start() + place.length();
    }
    return copy.put(document, copied, document.length - copied).array();
  }

  /**
   * Text in UTF-8.
   *
   * @param bytes the document, a copy only if it was repaired
   * @param isRepaired whether some of it was not UTF-8
   */
  record Text(byte[] bytes, boolean isRepaired) {}

  /** Bytes of a document that are not UTF-8. */
  private record Malformed(int start, int length) {}
}
