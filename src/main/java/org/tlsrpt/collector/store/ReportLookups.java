package org.tlsrpt.collector.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** What has to be known about stored reports before new ones are written. */
final class ReportLookups {

  private static final String LOCK = "select pg_advisory_xact_lock(?)";

  private static final String BY_ID = "select 1 from report where id = ? limit 1";

  private final Connection connection;

  ReportLookups(Connection connection) {
    this.connection = connection;
  }

  /**
   * Whether the same bytes were stored before under any domain. The primary key cannot tell when
   * the domain came from the path; so all that take such bytes queue at a lock that ends with the
   * transaction.
   */
  boolean isStoredUnderAnyDomain(UUID id) throws SQLException {
    try (var lock = connection.prepareStatement(LOCK)) {
      lock.setLong(1, id.getMostSignificantBits());
      lock.execute();
    }
    try (var byId = connection.prepareStatement(BY_ID)) {
      byId.setObject(1, id);
      try (var result = byId.executeQuery()) {
        return result.next();
      }
    }
  }
}
