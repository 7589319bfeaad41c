package org.tlsrpt.collector.intake;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
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

  private MailMessage() {}

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
      return find(new MimeMessage(session, new ByteArrayInputStream(body)), 0, limit);
    } catch (MessagingException | IOException e) {
      return null;
    }
  }

  private static byte @Nullable [] find(Part part, int depth, int limit)
      throws MessagingException, IOException {
    if (part.isMimeType("multipart/*")) {
      return depth < DEEPEST && part.getContent() instanceof Multipart parts
          ? findAmong(parts, depth + 1, limit)
          : null;
    }
    try (var in = part.getInputStream()) {
      var content = in.readNBytes(limit + 1);
      return content.length <= limit && isReport(part, content) ? content : null;
    }
  }

  private static byte @Nullable [] findAmong(Multipart parts, int depth, int limit)
      throws MessagingException, IOException {
    var count = Math.min(parts.getCount(), MOST_PARTS);
    for (var i = 0; i < count; i++) {
      BodyPart part = parts.getBodyPart(i);
      var found = find(part, depth, limit);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean isReport(Part part, byte[] content) throws MessagingException {
    var type = String.valueOf(part.getContentType()).toLowerCase(Locale.ROOT);
    return type.startsWith("application/tlsrpt")
        || Gunzip.looksLikeGzip(content, 0)
        || (content.length > 0 && content[0] == '{');
  }
}
