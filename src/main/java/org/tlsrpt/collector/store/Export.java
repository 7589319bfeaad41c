package org.tlsrpt.collector.store;

import java.util.List;
import java.util.function.Supplier;

/**
 * All items of a list, some of them in memory at a time. For one thread, and to be closed: until
 * then it may hold a connection and one of the few places for exports.
 */
public final class Export<T> implements AutoCloseable {

  private final Supplier<List<T>> batches;
  private final Runnable end;

  Export(Supplier<List<T>> batches, Runnable end) {
    this.batches = batches;
    this.end = end;
  }

  /**
   * The items that follow, in the order of the list.
   *
   * @return some of them; none if that was all
   * @throws org.springframework.dao.DataAccessException if the database fails or takes too long
   */
  public List<T> next() {
    return batches.get();
  }

  /** Ends the query, whether all was read or not. */
  @Override
  public void close() {
    end.run();
  }
}
