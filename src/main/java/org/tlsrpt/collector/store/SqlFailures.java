package org.tlsrpt.collector.store;

import java.sql.SQLException;

/** Tells a database in trouble from a database that refuses what it was given. */
final class SqlFailures {

  private SqlFailures() {}

  /**
   * Whether the database would refuse the same rows again: data exceptions (22), integrity (23),
   * limits of the program (54). Everything else, also a missing table or a wrong password, is
   * trouble that passes or that an operator mends, and the report can wait for that.
   */
  static boolean isRefusal(SQLException e) {
    var state = e.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }

  /** Deadlock or serialization failure: the same again may well succeed. */
  static boolean isRolledBackForOthers(SQLException e) {
    var state = e.getSQLState();
    return state != null && state.startsWith("40");
  }

  /** The same, or a lock that others held too long. */
  static boolean isForOthersSake(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return isRolledBackForOthers(e) || "55P03".equals(e.getSQLState());
      }
    }
    return false;
  }
}
