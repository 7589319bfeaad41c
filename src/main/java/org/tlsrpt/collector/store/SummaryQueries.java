package org.tlsrpt.collector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Sums up sessions and reports. */
@Repository
@Transactional(readOnly = true)
public class SummaryQueries {

  private final Reads reads;

  SummaryQueries(Reads reads) {
    this.reads = reads;
  }

  /**
   * Sums sessions by one thing or by several together.
   *
   * @param filter which reports, policies and failures
   * @param by at least one, each once
   * @param limit groups at most, at least 1
   * @return those with most failures first, but the newest day before all others
   */
  public Summary sum(ReportFilter filter, List<Dimension> by, int limit) {
    if (by.isEmpty() || EnumSet.copyOf(by).size() < by.size()) {
      throw new IllegalArgumentException("one dimension or several different ones");
    }
    if (ReportRows.isNone(filter)) {
      return new Summary(List.of(), false);
    }
    var query = reads.begin();
    var statement =
        KeptSums.cover(filter, by)
            ? KeptSums.of(filter, by, limit + 1, DayChanges.of(filter, query))
            : SummaryStatement.of(filter, by, limit + 1);
    var found = query.list(statement, (row, number) -> item(row, by.size()));
    return new Summary(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
  }

  static SummaryItem item(ResultSet row, int keys) throws SQLException {
    var values = new ArrayList<@Nullable String>(keys);
    for (var i = 1; i <= keys; i++) {
      values.add(row.getString(i));
    }
    return new SummaryItem(
        values, row.getLong("successful"), row.getLong("failed"), row.getLong("reports"));
  }
}
