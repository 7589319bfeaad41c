package org.tlsrpt.collector.store;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The days whose rows have changed since they were added up. Marks are only ever added, so that
 * writers never wait for each other; in the transaction of the change, so that whoever sees the one
 * sees the other.
 */
final class DayChanges {

  private static final String MARK =
      "insert into day_change (day) select unnest(cast(? as date[]))";

  /** As few as there are days, however often each was written to. */
  private static final String CHANGED =
      """
      select distinct c.day from day_change c
      where {where}
      order by c.day
      """;

  private DayChanges() {}

  static void mark(Outbox outbox, Stream<LocalDate> days) {
    var rows = new ColumnArrays("text");
    days.distinct().forEach(day -> rows.addRow(day.toString()));
    outbox.add(MARK, rows);
  }

  static void mark(JdbcOperations jdbc, Stream<LocalDate> days) {
    jdbc.update(MARK, (Object) distinct(days));
  }

  /** What was kept of some days goes at once; they are to be marked as well. */
  static void forget(JdbcOperations jdbc, Stream<LocalDate> days) {
    jdbc.update("delete from day_sum where day = any(cast(? as date[]))", (Object) distinct(days));
  }

  private static String[] distinct(Stream<LocalDate> days) {
    return days.distinct().map(LocalDate::toString).toArray(String[]::new);
  }

  /** Those that a filter is about, oldest first. */
  static Collection<LocalDate> of(ReportFilter filter, Reads.Query query) {
    return List.copyOf(
        query.list(
            Statement.of(CHANGED, Matching.days(filter, "c.day")),
            (row, number) -> row.getObject("day", LocalDate.class)));
  }
}
