package org.tlsrpt.collector.store;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.QueryTimeoutException;

/** Tells a database that is away, busy or too slow from a defect in what was asked of it. */
public final class DatabaseTrouble {

  /**
   * Classes of SQLSTATE: connection, operator intervention, resources, rolled back for others'
   * sake, lock not available.
   */
  private static final Set<String> PASSING = Set.of("08", "57", "53", "40", "55");

  private static final String QUERY_CANCELED = "57014";

  /** Of a server that was the primary, or is not yet. */
  private static final String READ_ONLY_SQL_TRANSACTION = "25006";

  private DatabaseTrouble() {}

  /**
   * Whether a statement, or several of one call, reached the end of their time.
   *
   * @param failure with its causes
   * @return whether again would take as long
   */
  public static boolean tookTooLong(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof QueryTimeoutException
          || (cause instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the same may succeed later.
   *
   * @param failure of which the first {@link SQLException} among its causes decides
   * @return false also where there is none
   */
  public static boolean passes(Throwable failure) {
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
    return state == null
        || onlyReads(sql)
        || (state.length() == 5 && PASSING.contains(state.substring(0, 2)));
  }

  /** Whether a server refused to write that takes no writes just now. */
  static boolean onlyReads(SQLException sql) {
    return READ_ONLY_SQL_TRANSACTION.equals(sql.getSQLState());
  }
}
