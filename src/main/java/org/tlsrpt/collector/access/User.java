package org.tlsrpt.collector.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account with a password, as it is shown: without the password.
 *
 * @param name to log in with, lower case
 * @param scope what it may do
 * @param domains it is limited to, in A-labels; {@code null}: all
 * @param createdAt to the microsecond
 * @param createdBy who made it
 * @param lastUsedAt to the minute, and up to a minute late; {@code null}: never
 */
record User(
    String name,
    Scope scope,
    @Nullable List<String> domains,
    Instant createdAt,
    String createdBy,
    @Nullable Instant lastUsedAt) {

  Grant grant() {
    return new Grant(scope, domains);
  }
}
