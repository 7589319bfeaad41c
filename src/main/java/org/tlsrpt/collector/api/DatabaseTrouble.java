package org.tlsrpt.collector.api;

import java.sql.SQLException;
import java.util.Set;

/** Tells a database that is away, busy or too slow from a defect in what was asked of it. */
final class DatabaseTrouble {

  /**
   * Classes of SQLSTATE: connection, operator intervention (also a statement that took too long),
   * resources, rolled back for others' sake, lock not available.
   */
  private static final Set<String> PASSING = Set.of("08", "57", "53", "40", "55");

  private DatabaseTrouble() {}

  /** Whether the same call may succeed later. */
  static boolean passes(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return passes(sql);
      }
    }
    return false;
  }

  /** Pools and drivers say that a connection is gone without any state. */
  private static boolean passes(SQLException sql) {
    var state = sql.getSQLState();
    return state == null || (state.length() == 5 && PASSING.contains(state.substring(0, 2)));
  }
}
