package org.tlsrpt.collector.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Makes gzip, whole and broken. */
final class Gzips {

  private Gzips() {}

  static byte[] gzip(String content) {
    return gzip(content.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** {@code size} times the same byte; costs the memory of what it compresses to. */
  static byte[] bomb(long size, char filler) {
    var bytes = new ByteArrayOutputStream();
    var piece = String.valueOf(filler).repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (var left = size; left > 0; left -= piece.length) {
        gzip.write(piece, 0, (int) Math.min(piece.length, left));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] with(byte[] gzip, int at, int value) {
    var changed = gzip.clone();
    changed[at < 0 ? changed.length + at : at] = (byte) value;
    return changed;
  }
}
