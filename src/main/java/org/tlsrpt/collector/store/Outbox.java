package org.tlsrpt.collector.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one transaction that are sent together, in the order they were added. Each trip to
 * the database costs both sides a wait for the other; on busy processors that is more than the
 * work.
 */
final class Outbox {

  /** So many rows go at once: bounds the arrays of a report with 200,000 details. */
  private static final int MOST_ROWS = 5_000;

  /**
   * Rows are found along their keys, whatever the planner thinks. It plans a statement once for a
   * connection, perhaps while the tables are empty, and would read all of a table that has grown
   * since until somebody counts it.
   */
  private static final String ALONG_KEYS =
      """
      select set_config('enable_seqscan', 'off', true),
        set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
      """;

  private final Connection connection;
  private final List<Item> items = new ArrayList<>();
  private int rows;

  /**
   * Begins, at the beginning of a transaction.
   *
   * @param connection of the transaction
   */
  Outbox(Connection connection) {
    this.connection = connection;
    add(ALONG_KEYS);
  }

  /** Takes the rows of one answer. */
  @FunctionalInterface
  interface RowReader {

    /** Reads the current row; called once for each. */
    void read(ResultSet row) throws SQLException;
  }

  private record Item(String sql, ColumnArrays rows, RowReader reader) {}

  /** Adds a statement without parameters, whose answer is of no interest. */
  void add(String sql) {
    items.add(new Item(sql, new ColumnArrays(), row -> {}));
  }

  /**
   * Adds a statement, unless it is about no rows.
   *
   * @param sql with a parameter for each column
   * @param rows not to be changed any more
   */
  void add(String sql, ColumnArrays rows) {
    add(sql, rows, row -> {});
  }

  /** Adds a statement whose answer is read. */
  void add(String sql, ColumnArrays rows, RowReader reader) {
    if (rows.size() > 0) {
      items.add(new Item(sql, rows, reader));
      this.rows += rows.size();
    }
  }

  /**
   * Begins a statement about perhaps very many rows, which then goes in several.
   *
   * @param types of its columns, as PostgreSQL names them
   */
  Growing growing(String sql, String... types) {
    return new Growing(sql, types);
  }

  /** The rows of a statement, sent whenever there are so many; to be ended. */
  final class Growing {

    private final String sql;
    private final String[] types;
    private ColumnArrays some;

    private Growing(String sql, String... types) {
      this.sql = sql;
      this.types = types;
      this.some = new ColumnArrays(types);
    }

    void addRow(@Nullable Object... values) throws SQLException {
      some.addRow(values);
      if (rows + some.size() >= MOST_ROWS) {
        end();
        send();
        some = new ColumnArrays(types);
      }
    }

    /** Adds the last rows, which are sent with what else there is. */
    void end() {
      add(sql, some);
    }
  }

  /** Sends what was added since the last time and waits for all of its answers. */
  void send() throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    // The driver sends a text of several statements in one message and prepares each of them.
    var text = String.join(";\n", items.stream().map(Item::sql).toList());
    try (var statement = connection.prepareStatement(text)) {
      var parameter = 1;
      for (var item : items) {
        parameter = item.rows().bind(statement, parameter, connection);
      }
      statement.execute();
      for (var item : items) {
        try (var answer = statement.getResultSet()) {
          while (answer != null && answer.next()) {
            item.reader().read(answer);
          }
        }
        statement.getMoreResults();
      }
    }
    items.clear();
    rows = 0;
  }
}
