package org.tlsrpt.collector.store;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds reports and their failures, newest first. */
@Repository
@Transactional(readOnly = true)
public class ReportQueries {

  /** Rows fetched at once where all of a report's failures pass through. */
  private static final int FETCHED_AT_ONCE = 1_000;

  private static final Slice.Columns REPORT_KEY =
      new Slice.Columns("r.key.domain", "r.key.day", "r.key.id", "r.recipientDomain", "");

  private static final String REPORTS =
      """
      select r from StoredReport r
      {where}
      order by r.key.day desc, r.key.domain desc, r.key.id desc
      """;

  private static final Slice.Columns FAILURE_KEY =
      new Slice.Columns(
          "f.key.domain", "f.key.day", "f.key.reportId", "r.recipientDomain", ", f.key.n, f.key.m");

  private static final String FAILURES =
      """
      select f as failure, p.type as type, p.mode as mode, r.organizationName as organization
      from StoredReport r
      join StoredPolicy p
        on p.key.domain = r.key.domain and p.key.day = r.key.day and p.key.reportId = r.key.id
      join StoredFailureDetail f
        on f.key.domain = p.key.domain and f.key.day = p.key.day
        and f.key.reportId = p.key.reportId and f.key.n = p.key.n
      {where}
      order by r.key.day desc, r.key.domain desc, r.key.id desc, f.key.n desc, f.key.m desc
      """;

  private static final String REPORTS_BY_ID =
      "select r from StoredReport r where r.key.id = :id order by r.key.domain";

  private static final String POLICIES =
      """
      select p from StoredPolicy p
      where p.key.domain in :domains and p.key.day = :day and p.key.reportId = :id
      order by p.key.n
      """;

  private static final String FAILURES_OF_REPORT =
      """
      select f from StoredFailureDetail f
      where f.key.domain in :domains and f.key.day = :day and f.key.reportId = :id
      order by f.key.n, f.key.m
      """;

  private static final String DOCUMENT =
      "select document from report where id = :id and document is not null";

  private final EntityManager entities;
  private final Rows rows;

  ReportQueries(EntityManager entities, Rows rows) {
    this.entities = entities;
    this.rows = rows;
  }

  /**
   * Lists reports, one item per report and policy domain.
   *
   * @param filter which
   * @param after the end of the page before; {@code null} for the first
   * @param limit items at most, at least 1
   * @return newest first
   */
  public Page<ReportItem, Position.OfReport> reports(
      ReportFilter filter, Position.@Nullable OfReport after, int limit) {
    var found = new ArrayList<StoredReport>();
    for (var slice : Slice.of(filter, after, REPORT_KEY)) {
      var query = session().createSelectionQuery(slice.in(REPORTS), StoredReport.class);
      found.addAll(slice.bind(query).setReadOnly(true).setMaxResults(limit + 1).list());
    }
    return page(
        found,
        r -> new Position.OfReport(r.key.day(), r.key.domain(), r.key.id()),
        Position.OfReport.ORDER,
        rows::item,
        limit);
  }

  /**
   * Lists failure details.
   *
   * @param filter which
   * @param after the end of the page before; {@code null} for the first
   * @param limit items at most, at least 1
   * @return newest first
   */
  public Page<FailureItem, Position.OfFailure> failures(
      ReportFilter filter, Position.@Nullable OfFailure after, int limit) {
    var found = new ArrayList<Rows.FoundFailure>();
    for (var slice : Slice.of(filter, after, FAILURE_KEY)) {
      var query = session().createSelectionQuery(slice.in(FAILURES), Rows.FoundFailure.class);
      found.addAll(slice.bind(query).setReadOnly(true).setMaxResults(limit + 1).list());
    }
    return page(
        found,
        f -> {
          var key = f.failure().key;
          return new Position.OfFailure(key.day(), key.domain(), key.reportId(), key.n(), key.m());
        },
        Position.OfFailure.ORDER,
        Rows::item,
        limit);
  }

  /**
   * Finds a report by its id alone.
   *
   * @param id made of the content
   * @return the report over all its policy domains
   */
  public Optional<WholeReport> report(UUID id) {
    var rows = rows(id);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var policies =
        session()
            .createSelectionQuery(POLICIES, StoredPolicy.class)
            .setParameter("domains", domains(rows))
            .setParameter("day", rows.getFirst().key.day())
            .setParameter("id", id)
            .setReadOnly(true)
            .list();
    return Optional.of(this.rows.whole(rows, policies));
  }

  /**
   * Passes all failures of a report, few of them in memory at a time.
   *
   * @param id of the report
   * @param consumer gets them in the order of the document
   */
  public void eachFailure(UUID id, Consumer<WholeReport.Failure> consumer) {
    var rows = rows(id);
    if (rows.isEmpty()) {
      return;
    }
    var session = session();
    try (var failures =
        session
            .createSelectionQuery(FAILURES_OF_REPORT, StoredFailureDetail.class)
            .setParameter("domains", domains(rows))
            .setParameter("day", rows.getFirst().key.day())
            .setParameter("id", id)
            .setReadOnly(true)
            .setFetchSize(FETCHED_AT_ONCE)
            .getResultStream()) {
      failures.forEach(
          failure -> {
            consumer.accept(Rows.failure(failure));
            session.detach(failure);
          });
    }
  }

  /**
   * The document as received.
   *
   * @param id of the report
   * @return gzip of it, one member
   */
  public Optional<byte[]> document(UUID id) {
    return session()
        .createNativeQuery(DOCUMENT, byte[].class)
        .setParameter("id", id)
        .uniqueResultOptional();
  }

  private Session session() {
    return entities.unwrap(Session.class);
  }

  private List<StoredReport> rows(UUID id) {
    return session()
        .createSelectionQuery(REPORTS_BY_ID, StoredReport.class)
        .setParameter("id", id)
        .setReadOnly(true)
        .list();
  }

  static List<String> domains(List<StoredReport> rows) {
    return rows.stream().map(row -> row.key.domain()).toList();
  }

  private static <R, T, P extends Position> Page<T, P> page(
      List<R> found, Function<R, P> position, Comparator<P> order, Function<R, T> item, int limit) {
    found.sort(Comparator.comparing(position, order.reversed()));
    var shown = found.subList(0, Math.min(limit, found.size()));
    var last = found.size() > limit ? position.apply(shown.getLast()) : null;
    return new Page<>(shown.stream().map(item).toList(), last);
  }
}
