package org.tlsrpt.collector.intake;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in quarantine, without its body.
 *
 * @param id made of the bytes as sent
 * @param reason {@code unreadable}, {@code not-a-report}, {@code report-too-large} or {@code
 *     refused-by-database}
 * @param detail one sentence of ours, about the latest attempt to read it
 * @param receivedAt when these bytes first arrived
 * @param lastReceivedAt when they last did
 * @param timesReceived how often they did
 * @param size bytes of the body
 * @param recipientDomain from the path it was first posted to
 * @param contentType as the first sender said
 * @param contentEncoding as the first sender said
 * @param source where it first came from
 */
public record QuarantineEntry(
    UUID id,
    String reason,
    String detail,
    Instant receivedAt,
    Instant lastReceivedAt,
    long timesReceived,
    long size,
    @Nullable String recipientDomain,
    @Nullable String contentType,
    @Nullable String contentEncoding,
    Source source) {

  /**
   * Where a delivery came from. Nothing of it is authenticated.
   *
   * @param channel {@code https}, {@code import} …
   * @param ip the peer's address
   * @param userAgent as sent, bounded
   */
  public record Source(String channel, @Nullable String ip, @Nullable String userAgent) {}

  /**
   * A place in the list of entries.
   *
   * @param receivedAt when the entry there first arrived
   * @param id of the entry there
   */
  public record Position(Instant receivedAt, UUID id) {}

  /** Where this entry stands in the list. */
  Position position() {
    return new Position(receivedAt, id);
  }
}
