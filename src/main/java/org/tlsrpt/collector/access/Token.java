package org.tlsrpt.collector.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token as it is kept and shown: without its secret.
 *
 * @param id part of the token, no secret
 * @param name what it is for
 * @param scope what it may do
 * @param domains it is limited to, in A-labels; {@code null}: all
 * @param createdAt to the microsecond
 * @param createdBy who made it
 * @param expiresAt from then on it is refused; {@code null}: never
 * @param lastUsedAt to the minute, and up to a minute late; {@code null}: never
 * @param revokedAt {@code null}: not
 */
public record Token(
    UUID id,
    String name,
    Scope scope,
    @Nullable List<String> domains,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  Grant grant() {
    return new Grant(scope, domains);
  }

  boolean isRevoked() {
    return revokedAt != null;
  }

  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
