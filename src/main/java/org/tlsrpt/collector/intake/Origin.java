package org.tlsrpt.collector.intake;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of a document besides its bytes; a claim of whoever made the archive.
 *
 * @param recipientDomain A-labels, lower case
 * @param receivedAt when it arrived first
 * @param ip canonical text
 * @param userAgent bounded
 */
record Origin(
    @Nullable String recipientDomain,
    @Nullable Instant receivedAt,
    @Nullable String ip,
    @Nullable String userAgent) {

  /** Of a document that comes without. */
  static final Origin UNKNOWN = new Origin(null, null, null, null);

  /** Makes one of texts as they stand in an archive; what is malformed counts as missing. */
  static Origin of(
      @Nullable String recipientDomain,
      @Nullable String receivedAt,
      @Nullable String ip,
      @Nullable String userAgent) {
    return new Origin(
        recipientDomain == null ? null : RecipientDomain.normalize(recipientDomain),
        moment(receivedAt),
        StorableText.address(ip),
        StorableText.of(userAgent));
  }

  private static @Nullable Instant moment(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      var moment = Instant.parse(text);
      return moment.isBefore(Instant.EPOCH) ? null : moment;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
