package org.tlsrpt.collector.store;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A cursor of the database, read some rows at a time. Declared by a statement of its own, since
 * only then PostgreSQL looks for a plan whose first rows come soon.
 */
final class ExportCursor<R> {

  /** Names are never used twice: a connection remembers what a statement gave under its text. */
  private static final AtomicLong NAMES = new AtomicLong();

  private final JdbcClient jdbc;
  private final String fetch;
  private final RowMapper<R> row;
  private final int rows;
  private final Queue<R> read = new ArrayDeque<>();
  private boolean ended;

  /**
   * Declares it.
   *
   * @param jdbc of one connection, in a transaction
   * @param rows fetched at once
   */
  ExportCursor(JdbcClient jdbc, Statement statement, RowMapper<R> row, int rows) {
    var name = "export_" + NAMES.incrementAndGet();
    this.jdbc = jdbc;
    this.row = row;
    this.rows = rows;
    this.fetch = "fetch forward " + rows + " from " + name;
    jdbc.sql("declare " + name + " no scroll cursor for\n" + statement.text())
        .params(statement.values())
        .update();
  }

  /** The next row, which stays the next; {@code null} at the end. */
  @Nullable R peek() {
    if (read.isEmpty() && !ended) {
      read.addAll(jdbc.sql(fetch).query(row).list());
      ended = read.size() < rows;
    }
    return read.peek();
  }

  /** Goes on to the row behind. */
  void advance() {
    read.remove();
  }
}
