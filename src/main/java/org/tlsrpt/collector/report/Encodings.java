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
    int end = Math.min(4, document.length);
    for (int i = 0; i < end; i++) {
      if (document[i] == 0) {
        return true;
      }
    }
    return end >= 2
        && ((document[0] == (byte) 0xFE && document[1] == (byte) 0xFF)
            || (document[0] == (byte) 0xFF && document[1] == (byte) 0xFE));
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
    var output = CharBuffer.allocate(8192);
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
