package org.tlsrpt.collector.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One export's view of the database: as it was at the first statement, whatever comes in. */
final class ExportTransaction implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ExportTransaction.class);

  /**
   * Rows fetched at once, over all cursors: one row may hold 128 kB of a sender's text, and a few
   * exports together must not fill the heap with it.
   */
  static final int AT_ONCE = 200;

  private static final int LEAST = 5;

  /** The time-out is for each statement, so for each fetch; plans are made for the first rows. */
  private static final String BEGIN =
      """
      select set_config('statement_timeout', :millis, true),
        set_config('cursor_tuple_fraction', '0.0001', true),
        set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('jit', 'off', true)
      """;

  private final Connection connection;
  private final JdbcClient jdbc;
  private final long end;

  private ExportTransaction(Connection connection, Duration timeout) {
    this.connection = connection;
    this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    this.end = System.nanoTime() + timeout.toNanos();
  }

  /** Takes over the connection: it is given back when this closes. */
  static ExportTransaction begin(Connection connection, ExportPool.Settings settings) {
    var transaction = new ExportTransaction(connection, settings.timeout());
    var millis = String.valueOf(settings.fetchTimeout().toMillis());
    try {
      transaction.jdbc.sql(BEGIN).param("millis", millis).query().singleRow();
      return transaction;
    } catch (RuntimeException e) {
      transaction.close();
      throw e;
    }
  }

  /** For a statement between the fetches. */
  JdbcClient jdbc() {
    return jdbc;
  }

  /** The rows of several statements, each in the same order, merged. */
  <R> Merge<R> merge(List<Statement> statements, RowMapper<R> row, Comparator<R> order) {
    var rows = Math.max(LEAST, AT_ONCE / Math.max(1, statements.size()));
    var cursors = new ArrayList<ExportCursor<R>>();
    statements.forEach(statement -> cursors.add(new ExportCursor<>(jdbc, statement, row, rows)));
    return new Merge<>(cursors, order);
  }

  /** Rows of several cursors in one order. */
  final class Merge<R> {

    private final PriorityQueue<Head<R>> heads;

    private Merge(List<ExportCursor<R>> cursors, Comparator<R> order) {
      this.heads =
          new PriorityQueue<>(
              Math.max(1, cursors.size()), (a, b) -> order.compare(a.row(), b.row()));
      cursors.forEach(this::add);
    }

    /** The next row; {@code null} at the end. */
    @Nullable R poll() {
      var head = heads.poll();
      if (head == null) {
        return null;
      }
      head.of().advance();
      add(head.of());
      return head.row();
    }

    private void add(ExportCursor<R> cursor) {
      if (System.nanoTime() - end > 0) {
        throw new QueryTimeoutException("The export took longer than tlsrpt.export.timeout");
      }
      var row = cursor.peek();
      if (row != null) {
        heads.add(new Head<>(row, cursor));
      }
    }

    /** Some of the rows that follow; none at the end. */
    List<R> batch() {
      var batch = new ArrayList<R>(AT_ONCE);
      R row;
      while (batch.size() < AT_ONCE && (row = poll()) != null) {
        batch.add(row);
      }
      return batch;
    }
  }

  private record Head<R>(R row, ExportCursor<R> of) {}

  /** Ends the cursors with the transaction. */
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      log.debug("An export's connection was lost", e);
    }
  }
}
