package org.tlsrpt.collector.store;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tlsrpt.collector.store.Position.OfReport;
import org.tlsrpt.collector.store.Walk.Row;

/**
 * Deletes what is due along a walk, in steps that each touch so many rows at most. A step may be
 * repeated, and the whole be begun again: what is gone is not met any more.
 *
 * @param walk finds the rows
 * @param means what is deleted of them
 */
record Sweep(Walk walk, Means means) {

  /** Rows in one step, unless a single document is larger. */
  static final int MOST = 2_000;

  /** What is deleted of a row that is due. */
  enum Means {
    /** The row, with all that hangs on it. */
    DELETE,
    /** The same, and what other rows of the report know of it. */
    ERASE,
    /** The document. */
    DELETE_DOCUMENT,
    /** The document and the recipient domain. */
    FORGET_RECIPIENT;

    private boolean takesTheRow() {
      return this == DELETE || this == ERASE;
    }

    private Removed of(List<Row> rows, Removal removal) {
      return switch (this) {
        case DELETE -> removal.delete(rows);
        case ERASE -> removal.erase(rows);
        case DELETE_DOCUMENT -> removal.deleteDocuments(rows);
        case FORGET_RECIPIENT -> removal.forgetRecipient(rows);
      };
    }
  }

  /**
   * What a step did.
   *
   * @param removed rows and documents
   * @param position where the next step begins, once this one is committed
   * @param last whether there is no next step
   */
  record Step(Removed removed, OfReport position, boolean last) {}

  /** Does one step, in a transaction of the caller. */
  Step step(JdbcOperations jdbc, OfReport after) {
    var removal = new Removal(jdbc);
    var seen = walk.rows(JdbcClient.create(jdbc), after);
    var batch = new ArrayList<Row>();
    var position = take(seen, batch, after);
    if (means.takesTheRow() && batch.size() == 1 && batch.getFirst().weight() > MOST) {
      var thinned = removal.thin(batch.getFirst(), MOST);
      if (!thinned.equals(Removed.NOTHING)) {
        return new Step(thinned, after, false);
      }
    }
    var removed = batch.isEmpty() ? Removed.NOTHING : means.of(batch, removal);
    var atEnd = seen.isEmpty() || position.equals(seen.getLast().position());
    return new Step(removed, position, atEnd && seen.size() < Walk.WINDOW);
  }

  /** Takes rows that are due as far as they make one step; says which was the last one seen. */
  private static OfReport take(List<Row> seen, List<Row> batch, OfReport after) {
    var position = after;
    var weight = 0L;
    for (var row : seen) {
      if (row.due()) {
        weight += row.weight();
        if (!batch.isEmpty() && weight > MOST) {
          return position;
        }
        batch.add(row);
      }
      position = row.position();
    }
    return position;
  }
}
