package org.tlsrpt.collector.intake;

import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.NewReport.Source;

/**
 * Bytes that may be a report, as one of the doors took them.
 *
 * @param body as sent, not decoded in any way
 * @param source where it came from and when it was complete
 * @param headers what the sender said about the bytes; recorded, never believed
 * @param recipientDomain the domain the delivery was addressed to, A-labels in lower case; {@code
 *     null} if the door does not tell
 */
public record Delivery(
    byte[] body, Source source, Headers headers, @Nullable String recipientDomain) {

  /**
   * What the sender said about the bytes.
   *
   * @param contentType as sent
   * @param contentEncoding as sent
   */
  public record Headers(@Nullable String contentType, @Nullable String contentEncoding) {}
}
