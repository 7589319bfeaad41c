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
import org.tlsrpt.collector.store.Position.OfFailure;
import org.tlsrpt.collector.store.Position.OfReport;

/**
 * Finds reports and their failures, newest first. Transactions that are marked as reading only may
 * be served by a copy of the database ({@link ReadReplica}); those by id are not.
 */
@Repository
@Transactional(readOnly = true)
public class ReportQueries {

  /** Rows fetched at once where all of a report's failures pass through. */
  private static final int FETCHED_AT_ONCE = 1_000;

  private static final String LIMIT = "limit :limit";

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
  private final Reads reads;
  private final Rows rows;

  ReportQueries(EntityManager entities, Reads reads, Rows rows) {
    this.entities = entities;
    this.reads = reads;
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
  public Page<ReportItem, OfReport> reports(
      ReportFilter filter, @Nullable OfReport after, int limit) {
    var query = reads.beginPage();
    var found = new ArrayList<Rows.FoundReport>();
    for (var slice : Slice.of(filter)) {
      var where = ReportLists.reports(filter, slice, after).with("limit", limit + 1);
      found.addAll(query.list(Statement.of(ReportLists.REPORTS + LIMIT, where), Rows::report));
    }
    return page(found, Rows.FoundReport::position, OfReport.ORDER, rows::item, limit);
  }

  /**
   * Lists failure details.
   *
   * @param filter which
   * @param after the end of the page before; {@code null} for the first
   * @param limit items at most, at least 1
   * @return newest first
   */
  public Page<FailureItem, OfFailure> failures(
      ReportFilter filter, @Nullable OfFailure after, int limit) {
    var query = reads.beginPage();
    var found = new ArrayList<Rows.FoundFailure>();
    for (var slice : Slice.of(filter)) {
      found.addAll(query.list(FailurePages.of(filter, slice, after, limit + 1), Rows::failure));
    }
    return page(
        found, Rows.FoundFailure::position, OfFailure.ORDER, Rows.FoundFailure::item, limit);
  }

  /**
   * Lists failure details in another order than newest first.
   *
   * @param filter which
   * @param order of the list
   * @param limit items at most, from the first on
   * @return in this order
   */
  public List<FailureItem> sortedFailures(ReportFilter filter, FailureOrder order, int limit) {
    if (ReportRows.isNone(filter)) {
      return List.of();
    }
    return reads.begin().list(FailurePages.sorted(filter, order, limit), Rows::failure).stream()
        .map(Rows.FoundFailure::item)
        .toList();
  }

  /**
   * Finds a report by its id alone.
   *
   * @param id made of the content
   * @param reach of whoever asks
   * @return the report over those of its policy domains that are within reach; nothing if none is
   */
  @Transactional
  public Optional<WholeReport> report(UUID id, Reach reach) {
    reads.begin();
    var within = within(reach, rows(id));
    if (within.isEmpty()) {
      return Optional.empty();
    }
    var policies =
        session()
            .createSelectionQuery(POLICIES, StoredPolicy.class)
            .setParameter("domains", domains(within))
            .setParameter("day", within.getFirst().key.day())
            .setParameter("id", id)
            .setReadOnly(true)
            .list();
    return Optional.of(rows.whole(within, policies));
  }

  /**
   * Passes the failures of a report, few of them in memory at a time.
   *
   * @param id of the report
   * @param reach of whoever asks; failures under policies beyond it are left out
   * @param consumer gets them in the order of the document
   */
  @Transactional
  public void eachFailure(UUID id, Reach reach, Consumer<WholeReport.Failure> consumer) {
    reads.begin();
    var within = within(reach, rows(id));
    if (within.isEmpty()) {
      return;
    }
    var session = session();
    try (var failures =
        session
            .createSelectionQuery(FAILURES_OF_REPORT, StoredFailureDetail.class)
            .setParameter("domains", domains(within))
            .setParameter("day", within.getFirst().key.day())
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
   * The document as received. It cannot be given in part.
   *
   * @param id of the report
   * @param reach of whoever asks
   * @return gzip of it, one member; nothing unless the whole report is within reach
   */
  @Transactional
  public Optional<byte[]> document(UUID id, Reach reach) {
    reads.begin();
    var all = rows(id);
    if (all.isEmpty() || within(reach, all).size() < all.size()) {
      return Optional.empty();
    }
    return session()
        .createNativeQuery(DOCUMENT, byte[].class)
        .setParameter("id", id)
        .uniqueResultOptional();
  }

  /**
   * Whether a report is there and its document was deleted since it came.
   *
   * @param id of the report
   * @param reach of whoever asks
   * @return false also unless the whole report is within reach
   */
  @Transactional
  public boolean hasLostDocument(UUID id, Reach reach) {
    var all = rows(id);
    return !all.isEmpty()
        && within(reach, all).size() == all.size()
        && document(id, reach).isEmpty();
  }

  private static List<StoredReport> within(Reach reach, List<StoredReport> rows) {
    return rows.stream()
        .filter(row -> reach.covers(row.key.domain(), row.recipientDomain))
        .toList();
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
