package org.tlsrpt.collector.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** What a report may be wrapped in that is neither gzip nor JSON, and how to take that off. */
enum Wrapping {
  /** A mail message with the report as a part (RFC 8460 §5.3). */
  MAIL("body-mail", "The body was a mail message; its report part was taken.") {
    @Override
    boolean looksLike(byte[] body) {
      return MailMessage.looksLikeOne(body);
    }

    @Override
    byte @Nullable [] unwrap(byte[] body, int limit) {
      return MailMessage.reportPart(body, limit);
    }
  },

  /** gzip as base64 text, as it stands in a mail. */
  BASE64("body-base64", "The body was base64 text; decoded.") {
    @Override
    boolean looksLike(byte[] body) {
      return startsWith(body, 'H', '4', 's', 'I');
    }

    @Override
    byte[] unwrap(byte[] body, int limit) {
      return Base64.getMimeDecoder().decode(body);
    }
  },

  /** zlib (RFC 1950), which HTTP calls deflate. */
  ZLIB("body-zlib", "The body was compressed as zlib instead of gzip; inflated.") {
    @Override
    boolean looksLike(byte[] body) {
      return startsWith(body, 0x78)
          && body.length > 2
          && ((body[0] & 0xFF) << 8 | (body[1] & 0xFF)) % 31 == 0;
    }

    @Override
    byte @Nullable [] unwrap(byte[] body, int limit) throws IOException {
      return inflate(body, limit);
    }
  },

  /** A zip archive with the report as its only file. */
  ZIP("body-zip", "The body was a zip archive; its only file was taken.") {
    @Override
    boolean looksLike(byte[] body) {
      return startsWith(body, 'P', 'K', 3, 4);
    }

    @Override
    byte @Nullable [] unwrap(byte[] body, int limit) throws IOException {
      return onlyEntry(body, limit);
    }
  };

  private final String code;
  private final String message;

  Wrapping(String code, String message) {
    this.code = code;
    this.message = message;
  }

  /** The wrapping of a body, judged by its first bytes. */
  static Optional<Wrapping> of(byte[] body) {
    for (var wrapping : values()) {
      if (wrapping.looksLike(body)) {
        return Optional.of(wrapping);
      }
    }
    return Optional.empty();
  }

  String code() {
    return code;
  }

  String message() {
    return message;
  }

  abstract boolean looksLike(byte[] body);

  /**
   * Takes the wrapping off.
   *
   * @return what is inside, at most {@code limit} bytes; {@code null} if nothing of use is, or more
   * @throws IOException if the body is damaged
   * @throws IllegalArgumentException likewise
   */
  abstract byte @Nullable [] unwrap(byte[] body, int limit) throws IOException;

  private static boolean startsWith(byte[] body, int... first) {
    if (body.length < first.length) {
      return false;
    }
    for (var i = 0; i < first.length; i++) {
      if (body[i] != (byte) first[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] inflate(byte[] body, int limit) throws IOException {
    var inflater = new Inflater();
    try {
      inflater.setInput(body);
      var out = new ByteArrayOutputStream();
      var piece = new byte[16 * 1024];
      while (!inflater.finished()) {
        var length = inflater.inflate(piece);
        if (length == 0 && !inflater.finished()) {
          throw new IOException("cut short");
        }
        out.write(piece, 0, length);
        if (out.size() > limit) {
          return null;
        }
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
  }

  private static byte @Nullable [] onlyEntry(byte[] body, int limit) throws IOException {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(body), StandardCharsets.UTF_8)) {
      if (zip.getNextEntry() == null) {
        return null;
      }
      var content = zip.readNBytes(limit + 1);
      return content.length > limit || zip.getNextEntry() != null ? null : content;
    }
  }
}
