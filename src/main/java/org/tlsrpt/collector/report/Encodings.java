package org.tlsrpt.collector.report;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How a document's characters are written (RFC 8259 §8.1: in UTF-8, without a mark). */
final class Encodings {

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

  /** The document with U+FFFD for what is not UTF-8; {@code null} if it is UTF-8 throughout. */
  static byte @Nullable [] repaired(byte[] document) {
    return isUtf8(document)
        ? null
        : new String(document, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isUtf8(byte[] document) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var input = ByteBuffer.wrap(document);
    var output = CharBuffer.allocate(Math.min(8192, document.length + 1));
    while (true) {
      var result = decoder.decode(input, output, true);
      if (result.isUnderflow()) {
        return true;
      }
      if (result.isError()) {
        return false;
      }
      output.clear();
    }
  }
}
