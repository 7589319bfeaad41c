package org.tlsrpt.collector.store;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures that have something in common.
 *
 * @param keys what that is, in the order asked for; {@code null} where senders named none
 * @param sessions that failed, each counted once
 * @param reports that have a part in it, each once
 * @param first UTC day of the oldest report's window
 * @param last UTC day of the newest report's window
 */
public record FailureGroup(
    List<@Nullable String> keys, long sessions, long reports, LocalDate first, LocalDate last) {

  /** Wraps the list, which may hold {@code null}. */
  public FailureGroup {
    keys = Collections.unmodifiableList(keys);
  }

  /** What groups are sorted by; then by what they have in common. */
  public enum Order {
    /** Most sessions first. */
    SESSIONS("failed desc"),
    /** Most reports first. */
    REPORTS("reports desc"),
    /** Those that began last come first. */
    FIRST("first_day desc"),
    /** Those seen last come first. */
    LAST("last_day desc, failed desc");

    private final String sql;

    Order(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }
}
