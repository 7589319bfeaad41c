package org.tlsrpt.collector.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.tlsrpt.collector.store.Position.OfReport;
import org.tlsrpt.collector.store.Walk.Row;

/**
 * The statements that delete, in a transaction of the caller. Each is about one policy domain and
 * day, as a distributed database would have it.
 */
final class Removal {

  private static final String FAILURES =
      """
      delete from failure_detail
      where domain = ? and day = ? and report_id = any(cast(? as uuid[]))""";

  private static final String POLICIES =
      "delete from policy where domain = ? and day = ? and report_id = any(cast(? as uuid[]))";

  private static final String REPORTS =
      "delete from report where domain = ? and day = ? and id = any(cast(? as uuid[]))";

  private static final String DOCUMENTS =
      """
      update report set document = null
      where domain = ? and day = ? and id = any(cast(? as uuid[])) and document is not null""";

  /** The range before it is found by the key, whatever the planner believes of the table. */
  private static final String FAILURE_AT =
      """
      select n, m from failure_detail
      where domain = ? and day = ? and report_id = ?
      order by n, m offset ? limit 1""";

  private static final String FAILURES_UP_TO =
      """
      delete from failure_detail
      where domain = ? and day = ? and report_id = ? and (n, m) <= (?, ?)""";

  private static final String POLICY_AT =
      """
      select n from policy
      where domain = ? and day = ? and report_id = ?
      order by n offset ? limit 1""";

  private static final String POLICIES_UP_TO =
      "delete from policy where domain = ? and day = ? and report_id = ? and n <= ?";

  /**
   * Notes about the whole report and about the policies of this row; they quote what they found.
   */
  private static final String OWN_NOTES =
      """
      (select jsonb_agg(note order by place)
       from jsonb_array_elements(r.notes) with ordinality as noted (note, place)
       where note ->> 'path' !~ '^policies\\[' or exists (
         select from policy p
         where p.domain = r.domain and p.day = r.day and p.report_id = r.id
           and note ->> 'path' like 'policies[' || p.n || ']%'))""";

  /** The erased row was one of the policy domains that each of them counts. */
  private static final String FORGET_OTHERS =
      """
      update report r set document = null, notes = %s, domains = r.domains - 1
      where r.domain = ? and r.day = ? and r.id = any(cast(? as uuid[]))"""
          .formatted(OWN_NOTES);

  private static final String FORGET_RECIPIENT =
      """
      update report r set document = null, notes = %s, recipient_domain = null
      where r.domain = ? and r.day = ? and r.id = any(cast(? as uuid[]))"""
          .formatted(OWN_NOTES);

  private static final String OTHER_ROWS =
      """
      select domain, day, id, document is not null as documented from report
      where id = any(cast(? as uuid[])) and domain <> ?""";

  private final JdbcOperations jdbc;

  Removal(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Deletes rows with all that hangs on them. */
  Removed delete(List<Row> rows) {
    var groups = groups(rows, Row::position);
    var failures = update(FAILURES, groups);
    var policies = update(POLICIES, groups);
    var reports = update(REPORTS, groups);
    DayChanges.mark(jdbc, rows.stream().map(row -> row.position().day()));
    return new Removed(reports, policies, failures, documents(rows));
  }

  /**
   * Deletes rows of a policy domain with all that hangs on them, and from the other rows of the
   * same reports what they know of it: the document, notes about policies of the domain, and that
   * there was one domain more. The sums of their days name it, too.
   */
  Removed erase(List<Row> rows) {
    var others = new ArrayList<OfReport>();
    var documents = 0L;
    for (var other : otherRows(rows)) {
      others.add(other.position());
      documents += other.documented() ? 1 : 0;
    }
    update(FORGET_OTHERS, groups(others, Function.identity()));
    DayChanges.forget(jdbc, rows.stream().map(row -> row.position().day()));
    return delete(rows).plus(new Removed(0, 0, 0, documents));
  }

  /** Takes their recipient domain and their document from rows that stay. */
  Removed forgetRecipient(List<Row> rows) {
    update(FORGET_RECIPIENT, groups(rows, Row::position));
    return new Removed(0, 0, 0, documents(rows));
  }

  /** Takes their document from rows that stay. */
  Removed deleteDocuments(List<Row> rows) {
    return new Removed(0, 0, 0, update(DOCUMENTS, groups(rows, Row::position)));
  }

  /**
   * Deletes some of what hangs on one row: the failures first, then the policies.
   *
   * @param some so many rows
   * @return nothing if fewer are left of both
   */
  Removed thin(Row row, int some) {
    var failures = upTo(FAILURE_AT, FAILURES_UP_TO, row.position(), some);
    var policies = failures == 0 ? upTo(POLICY_AT, POLICIES_UP_TO, row.position(), some) : 0;
    DayChanges.mark(jdbc, Stream.of(row.position().day()));
    return new Removed(0, policies, failures, 0);
  }

  private int upTo(String at, String delete, OfReport key, int some) {
    var last = jdbc.queryForList(at, key.domain(), key.day(), key.id(), some - 1);
    if (last.isEmpty()) {
      return 0;
    }
    var parameters = new ArrayList<@Nullable Object>(List.of(key.domain(), key.day(), key.id()));
    parameters.addAll(last.getFirst().values());
    return jdbc.update(delete, parameters.toArray());
  }

  private record OtherRow(OfReport position, boolean documented) {}

  private List<OtherRow> otherRows(List<Row> rows) {
    return jdbc.query(
        OTHER_ROWS,
        (row, number) ->
            new OtherRow(
                new OfReport(
                    row.getObject("day", LocalDate.class),
                    row.getString("domain"),
                    row.getObject("id", UUID.class)),
                row.getBoolean("documented")),
        ids(rows.stream().map(Row::position).toList()),
        rows.getFirst().position().domain());
  }

  private long update(String statement, List<Object[]> groups) {
    return IntStream.of(jdbc.batchUpdate(statement, groups)).asLongStream().sum();
  }

  private static long documents(List<Row> rows) {
    return rows.stream().filter(Row::hasDocument).count();
  }

  /** The parameters of one statement for each policy domain and day. */
  private static <T> List<Object[]> groups(List<T> rows, Function<T, OfReport> position) {
    record Key(String domain, LocalDate day) {}
    Map<Key, List<OfReport>> groups = new LinkedHashMap<>();
    for (var row : rows) {
      var each = position.apply(row);
      groups.computeIfAbsent(new Key(each.domain(), each.day()), k -> new ArrayList<>()).add(each);
    }
    var parameters = new ArrayList<Object[]>(groups.size());
    groups.forEach(
        (key, keys) -> parameters.add(new Object[] {key.domain(), key.day(), ids(keys)}));
    return parameters;
  }

  private static Object ids(List<OfReport> rows) {
    return Conditions.array(rows.stream().map(OfReport::id).toList());
  }
}
