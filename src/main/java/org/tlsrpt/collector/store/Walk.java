package org.tlsrpt.collector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tlsrpt.collector.store.Position.OfReport;

/**
 * Rows of {@code report} in the order of an index, some at a time, and which of them are due to be
 * deleted. However few are due, no look reads more than so many.
 */
final class Walk {

  /** Before every row: no id is all zeros. */
  static final OfReport BEGINNING = new OfReport(LocalDate.of(1, 1, 1), "", new UUID(0, 0));

  /** Rows in one look. */
  static final int WINDOW = 1_000;

  private static final String ROWS =
      """
      select domain, day, id, due, document, case when due then {hanging} else 0 end as hanging
      from (
        select r.domain, r.day, r.id, r.failure_details,
          coalesce(octet_length(r.document), -1) as document, {due} as due
        from report r
        where {where}
        order by {order}
        limit :window) as seen
      order by {order}
      """;

  private static final String OF_DAYS =
      """
      r.day between :from and :to
        and (r.day, r.domain, r.id) > (:afterDay, :afterDomain, :afterId)""";

  private static final String OF_DOMAIN =
      "r.domain = :domain and (r.day, r.id) > (:afterDay, :afterId)";

  private static final String POSTED_FOR =
      """
      r.recipient_domain = :domain and r.recipient_domain <> r.domain
        and (r.day, r.domain, r.id) > (:afterDay, :afterDomain, :afterId)""";

  private static final String POLICIES =
      """
      (select count(*) from policy p
       where p.domain = seen.domain and p.day = seen.day and p.report_id = seen.id)""";

  private static final String POLICIES_AND_FAILURES = "failure_details + " + POLICIES;

  private static final String OTHER_ROWS =
      "(select count(*) from report other where other.id = seen.id)";

  private static final String BY_DAY = "day, domain, id";
  private static final String BY_DAY_OF_DOMAIN = "day, id";

  private final String statement;
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Walk(String where, String order, String due, String hanging) {
    this.statement =
        ROWS.replace("{where}", where)
            .replace("{order}", order)
            .replace("{due}", due)
            .replace("{hanging}", hanging);
  }

  /**
   * A row, with what it costs to delete it.
   *
   * @param position its key
   * @param due whether it is to be deleted
   * @param document bytes of the document on this row; negative if there is none
   * @param hanging rows that go or change with it, if it is due
   */
  record Row(OfReport position, boolean due, int document, long hanging) {

    /** Large values are kept in pieces of some 2,000 bytes, each a row of its own. */
    private static final int BYTES_OF_A_PIECE = 2_000;

    private static Row of(ResultSet row, int number) throws SQLException {
      return new Row(
          new OfReport(
              row.getObject("day", LocalDate.class),
              row.getString("domain"),
              row.getObject("id", UUID.class)),
          row.getBoolean("due"),
          row.getInt("document"),
          row.getLong("hanging"));
    }

    boolean hasDocument() {
      return document >= 0;
    }

    /** Rows that PostgreSQL has to touch for it, more or less. */
    long weight() {
      return 1 + hanging + Math.max(0, document) / BYTES_OF_A_PIECE;
    }
  }

  /** All reports of some days. */
  static Walk ofDays(LocalDate from, LocalDate to) {
    return new Walk(OF_DAYS, BY_DAY, "true", POLICIES_AND_FAILURES).of(from, to);
  }

  /** Those reports of some days that arrived before a moment. */
  static Walk ofDays(LocalDate from, LocalDate to, Instant arrivedBefore) {
    return new Walk(OF_DAYS, BY_DAY, "r.received_at < :arrivedBefore", POLICIES_AND_FAILURES)
        .of(from, to)
        .with("arrivedBefore", arrivedBefore.atOffset(ZoneOffset.UTC));
  }

  /** All documents of some days. */
  static Walk ofDocuments(LocalDate from, LocalDate to) {
    return new Walk(OF_DAYS, BY_DAY, "r.document is not null", "0").of(from, to);
  }

  /** Those documents of some days that arrived before a moment. */
  static Walk ofDocuments(LocalDate from, LocalDate to, Instant arrivedBefore) {
    var due = "r.document is not null and r.received_at < :arrivedBefore";
    return new Walk(OF_DAYS, BY_DAY, due, "0")
        .of(from, to)
        .with("arrivedBefore", arrivedBefore.atOffset(ZoneOffset.UTC));
  }

  /** The rows of a policy domain; the other rows of their reports weigh as well. */
  static Walk ofDomain(String domain) {
    var hanging = POLICIES_AND_FAILURES + " + " + OTHER_ROWS;
    return new Walk(OF_DOMAIN, BY_DAY_OF_DOMAIN, "true", hanging).with("domain", domain);
  }

  /** The rows of other policy domains in reports that were posted for a domain. */
  static Walk postedFor(String domain) {
    return new Walk(POSTED_FOR, BY_DAY, "true", POLICIES).with("domain", domain);
  }

  /** The reports of an organization, found among all, as no index knows it. */
  static Walk ofOrganization(String name) {
    var due = "coalesce(lower(r.organization_name) = lower(:organization), false)";
    return new Walk(OF_DAYS, BY_DAY, due, POLICIES_AND_FAILURES)
        .of(LocalDate.EPOCH, LocalDate.of(9999, 12, 31))
        .with("organization", name);
  }

  /** Rows behind a position; fewer than {@link #WINDOW} are the last ones. */
  List<Row> rows(JdbcClient jdbc, OfReport after) {
    return jdbc.sql(statement)
        .params(values)
        .param("afterDay", after.day())
        .param("afterDomain", after.domain())
        .param("afterId", after.id())
        .param("window", WINDOW)
        .query(Row::of)
        .list();
  }

  private Walk of(LocalDate from, LocalDate to) {
    return with("from", from).with("to", to);
  }

  private Walk with(String parameter, Object value) {
    values.put(parameter, value);
    return this;
  }
}
