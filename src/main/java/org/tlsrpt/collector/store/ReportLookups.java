package org.tlsrpt.collector.store;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What has to be known about stored reports before new ones are written. */
final class ReportLookups {

  private static final String LOCKS =
      "select pg_advisory_xact_lock(new.key) from unnest(?) as new (key)";

  private static final String STORED =
      """
      select new.id
      from unnest(?) as new (id)
      where exists (select 1 from report where report.id = new.id)
      """;

  private ReportLookups() {}

  /**
   * Those whose bytes were stored before under any domain. The primary key cannot tell when the
   * domain came from the path; so all that take such bytes queue at a lock that ends with the
   * transaction, before they look.
   *
   * @param ids in the order in which all transactions take their locks
   */
  static Set<UUID> storedUnderAnyDomain(Outbox outbox, List<UUID> ids) throws SQLException {
    if (ids.isEmpty()) {
      return Set.of();
    }
    var locks = new ColumnArrays("int8");
    var rows = new ColumnArrays("uuid");
    for (var id : ids) {
      locks.addRow(id.getMostSignificantBits());
      rows.addRow(id);
    }
    var stored = new HashSet<UUID>();
    outbox.add(LOCKS, locks);
    outbox.add(STORED, rows, row -> stored.add(row.getObject(1, UUID.class)));
    outbox.send();
    return stored;
  }
}
