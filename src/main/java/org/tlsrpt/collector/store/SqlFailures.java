package org.tlsrpt.collector.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

/**
 * What a failure of the database means, by its SQLSTATE: trouble that passes, a question that takes
 * too long, or a refusal of what it was given.
 */
public final class SqlFailures {

  /**
   * Classes that pass: connection, operator intervention, resources, rolled back for others' sake,
   * lock not available.
   */
  private static final Set<String> PASSING = Set.of("08", "57", "53", "40", "55");

  private static final String QUERY_CANCELED = "57014";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Of a server that was the primary, or is not yet. */
  private static final String READ_ONLY_SQL_TRANSACTION = "25006";

  private SqlFailures() {}

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
    var sql = first(failure);
    if (sql == null) {
      return false;
    }
    var state = sql.getSQLState();
    // Pools and drivers say that a connection is gone without any state.
    return state == null
        || onlyReads(sql)
        || (state.length() == 5 && PASSING.contains(state.substring(0, 2)));
  }

  /** Whether a server refused to write that takes no writes just now. */
  static boolean onlyReads(SQLException e) {
    return READ_ONLY_SQL_TRANSACTION.equals(e.getSQLState());
  }

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
    var sql = first(failure);
    return sql != null
        && (isRolledBackForOthers(sql) || LOCK_NOT_AVAILABLE.equals(sql.getSQLState()));
  }

  private static @Nullable SQLException first(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
