package org.tlsrpt.collector.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What has to be known about stored reports before new ones are written. */
final class ReportLookups {

  private static final String LOCK = "select pg_advisory_xact_lock(?)";

  private static final String BY_ID = "select 1 from report where id = ? limit 1";

  private static final String REUSED =
      """
      select new.id
      from unnest(?, ?, ?, ?) as new (domain, day, id, identity)
      where exists (
          select 1 from report
          where report.domain = new.domain and report.day = new.day::date
            and report.identity = new.identity and report.id <> new.id)
      """;

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

  /** Those whose organization, report-id and window were stored before with other content. */
  Set<UUID> reused(List<DomainPart> parts) throws SQLException {
    var rows = new ColumnArrays("text", "text", "uuid", "int8");
    for (var part : parts) {
      rows.addRow(part.domain(), part.day().toString(), part.report().id(), part.identity());
    }
    var reused = new HashSet<UUID>();
    try (var statement = connection.prepareStatement(REUSED)) {
      rows.bind(statement, connection);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          reused.add(result.getObject(1, UUID.class));
        }
      }
    }
    return reused;
  }
}
