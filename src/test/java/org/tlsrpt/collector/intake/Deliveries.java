package org.tlsrpt.collector.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.NewReport.Source;

/** Makes deliveries for tests of the intake. */
final class Deliveries {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Deliveries() {}

  static Delivery of(String body) {
    return of(body.getBytes(StandardCharsets.UTF_8), NOON);
  }

  static Delivery of(byte[] body, Instant receivedAt) {
    return new Delivery(
        body,
        new Source("https", "192.0.2.1", "curl/8", receivedAt),
        new Delivery.Headers("application/tlsrpt+gzip", "gzip"),
        "example.com");
  }

  static Delivery to(@Nullable String recipientDomain, String body) {
    return new Delivery(
        body.getBytes(StandardCharsets.UTF_8),
        new Source(
            "https",
            "2001:db8::1",
            "uploader/1.0",
            Instant.parse("2026-03-01T00:00:00.123456789Z")),
        new Delivery.Headers("application/tlsrpt+gzip", null),
        recipientDomain);
  }

  static UUID id(Delivery delivery) {
    return ContentId.of(delivery.body());
  }

  static String body(Delivery delivery) {
    return new String(delivery.body(), StandardCharsets.UTF_8);
  }
}
