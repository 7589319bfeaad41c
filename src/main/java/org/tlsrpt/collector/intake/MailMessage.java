package org.tlsrpt.collector.intake;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mail message that carries a report (RFC 8460 §5.3). */
final class MailMessage {

  private static final Pattern HEADER =
      Pattern.compile("(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:[ \\t])[^\\r\\n]{0,990}\\r?\\n");

  private static final int LOOKED_AT = 1_100;
  private static final int DEEPEST = 5;
  private static final int MOST_PARTS = 50;

  private final String text;
  private final int limit;

  private MailMessage(byte[] body, int limit) {
    this.text = new String(body, StandardCharsets.ISO_8859_1);
    this.limit = limit;
  }

  static boolean looksLikeOne(byte[] body) {
    var start = new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    return HEADER.matcher(start).lookingAt();
  }

  /**
   * Takes the report part out: by its media type or, since senders' gateways rewrite that, by what
   * its first bytes are.
   *
   * @return {@code null} if no part is a report, or one is larger than {@code limit}
   */
  static byte @Nullable [] reportPart(byte[] body, int limit) {
    try {
      var session = Session.getInstance(new Properties());
      var message = new MimeMessage(session, new ByteArrayInputStream(body));
      return new MailMessage(body, limit).find(message, 0);
    } catch (MessagingException | IOException | RuntimeException e) {
      // The library throws what it likes at broken encodings; whatever it was, nothing came out.
      return null;
    }
  }

  private byte @Nullable [] find(MimePart part, int depth) throws MessagingException, IOException {
    if (part.isMimeType("multipart/*")) {
      return depth < DEEPEST && hasFewParts(part)
          ? findAmong(new MimeMultipart(new MimePartDataSource(part)), depth + 1)
          : null;
    }
    try (var in = part.getInputStream()) {
      var content = in.readNBytes(limit + 1);
      return content.length <= limit && isReport(part, content) ? content : null;
    }
  }

  private byte @Nullable [] findAmong(MimeMultipart parts, int depth)
      throws MessagingException, IOException {
    for (var i = 0; i < parts.getCount(); i++) {
      var found = parts.getBodyPart(i) instanceof MimePart part ? find(part, depth) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Counted before anything is made of them: each costs the library some milliseconds. */
  private boolean hasFewParts(Part part) throws MessagingException {
    var boundary = new ContentType(part.getContentType()).getParameter("boundary");
    if (boundary == null) {
      return false;
    }
    var delimiter = "\n--" + boundary;
    var parts = 0;
    for (var at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
      parts++;
    }
    return parts <= MOST_PARTS;
  }

  private static boolean isReport(Part part, byte[] content) throws MessagingException {
    var type = String.valueOf(part.getContentType()).toLowerCase(Locale.ROOT);
    return type.startsWith("application/tlsrpt")
        || Gunzip.looksLikeGzip(content, 0)
        || (content.length > 0 && content[0] == '{');
  }
}
