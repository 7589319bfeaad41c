package org.tlsrpt.collector.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How values stand in the columns of {@code account} and {@code token}. */
final class AccountRows {

  private AccountRows() {}

  static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    var value = rows.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  static Instant instantAlways(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Scope scope(ResultSet rows) throws SQLException {
    return Scope.of(rows.getString("scope")).orElseThrow();
  }

  static String @Nullable [] array(@Nullable List<String> domains) {
    return domains == null ? null : domains.toArray(new String[0]);
  }

  static @Nullable List<String> domains(ResultSet rows) throws SQLException {
    var array = rows.getArray("domains");
    return array == null ? null : List.of((String[]) array.getArray());
  }
}
