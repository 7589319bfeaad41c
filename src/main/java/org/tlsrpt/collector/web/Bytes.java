package org.tlsrpt.collector.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Bytes that could not be read as a report, for somebody who wants to see why. */
final class Bytes {

  private static final int IN_A_LINE = 16;
  private static final int MOST_INFLATED = 4_096;

  /** Bytes before the data of a gzip member without a name or other extras (RFC 1952). */
  private static final int PLAIN_HEADER = 10;

  private Bytes() {}

  /** A line of sixteen bytes: where they stand, in hexadecimal, and as ASCII. */
  record Line(String offset, String hex, String text) {}

  static List<Line> lines(byte[] bytes) {
    var lines = new ArrayList<Line>();
    var format = HexFormat.ofDelimiter(" ");
    for (int from = 0; from < bytes.length; from += IN_A_LINE) {
      int to = Math.min(bytes.length, from + IN_A_LINE);
      var text = new StringBuilder();
      for (int at = from; at < to; at++) {
        text.append(bytes[at] >= ' ' && bytes[at] <= '~' ? (char) bytes[at] : '.');
      }
      lines.add(
          new Line(
              HexFormat.of().toHexDigits(from, 6),
              format.formatHex(bytes, from, to),
              text.toString()));
    }
    return lines;
  }

  /** As text, inflated if they begin like gzip; null if there is none to see. */
  static @Nullable String text(byte[] bytes) {
    var isGzip = bytes.length > 2 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B;
    if (!isGzip) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return bytes.length > PLAIN_HEADER && bytes[3] == 0 ? inflated(bytes) : null;
  }

  private static @Nullable String inflated(byte[] bytes) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, PLAIN_HEADER, bytes.length - PLAIN_HEADER);
      var text = new byte[MOST_INFLATED];
      int length = inflater.inflate(text);
      return length == 0 ? null : new String(text, 0, length, StandardCharsets.UTF_8);
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }
}
