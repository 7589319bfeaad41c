package org.tlsrpt.collector.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the quarantine holds, all together.
 *
 * @param entries how many
 * @param bytes of their bodies
 * @param oldest when the oldest arrived; {@code null} if there is none
 */
record QuarantineExtent(long entries, long bytes, @Nullable Instant oldest) {

  /** From the index quarantine_by_arrival alone. */
  private static final String EXTENT =
      "select count(*), coalesce(sum(size), 0), min(received_at) from quarantine";

  static QuarantineExtent read(JdbcClient reads) {
    return reads.sql(EXTENT).query((row, number) -> of(row)).single();
  }

  private static QuarantineExtent of(ResultSet row) throws SQLException {
    var oldest = row.getObject(3, OffsetDateTime.class);
    return new QuarantineExtent(
        row.getLong(1), row.getLong(2), oldest == null ? null : oldest.toInstant());
  }
}
