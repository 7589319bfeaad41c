package org.tlsrpt.collector.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.store.Position.OfFailure;
import org.tlsrpt.collector.store.Position.OfReport;

/**
 * Lists without pages: the same rows in the same order as {@link ReportQueries} lists them. Each
 * call gives nothing while as many exports run as may.
 */
@Component
public class Exports {

  private static final int DOMAINS_AT_ONCE = 1_000;

  private final DataSource pool;
  private final ExportPool.Settings settings;
  private final Rows rows;
  private final DomainQueries domains;
  private final Semaphore places;

  Exports(
      @Qualifier("export") DataSource pool,
      ExportPool.Settings settings,
      Rows rows,
      DomainQueries domains) {
    this.pool = pool;
    this.settings = settings;
    this.rows = rows;
    this.domains = domains;
    this.places = new Semaphore(settings.atOnce());
  }

  /**
   * All reports, one item per report and policy domain.
   *
   * @param filter which
   * @return newest first
   */
  public Optional<Export<ReportItem>> reports(ReportFilter filter) {
    return export(
        transaction -> {
          var merge =
              transaction.merge(
                  statements(filter, slice -> reports(filter, slice)),
                  Rows::report,
                  Comparator.comparing(Rows.FoundReport::position, OfReport.ORDER.reversed()));
          return () -> merge.batch().stream().map(rows::item).toList();
        });
  }

  /**
   * All failure details.
   *
   * @param filter which
   * @return newest first
   */
  public Optional<Export<FailureItem>> failures(ReportFilter filter) {
    return export(
        transaction -> {
          var merge =
              transaction.merge(
                  statements(filter, slice -> failures(filter, slice)),
                  Rows::failure,
                  Comparator.comparing(Rows.FoundFailure::position, OfFailure.ORDER.reversed()));
          return () -> merge.batch().stream().map(Rows.FoundFailure::item).toList();
        });
  }

  /**
   * All groups of a sum.
   *
   * @param filter which reports, policies and failures
   * @param by at least one, each once
   * @return in the order of {@link Summary}
   */
  public Optional<Export<SummaryItem>> sums(ReportFilter filter, List<Dimension> by) {
    return export(
        transaction -> {
          var statements =
              ReportRows.isNone(filter)
                  ? List.<Statement>of()
                  : List.of(SummaryStatement.of(filter, by, Integer.MAX_VALUE));
          var merge =
              transaction.merge(
                  statements,
                  (row, number) -> SummaryQueries.item(row, by.size()),
                  (_, _) -> 0); // one statement: nothing to compare
          return merge::batch;
        });
  }

  /**
   * All domains. Read page by page: a domain that comes or goes meanwhile may be in it or not.
   *
   * @param filter which reports to look at
   * @return by name
   */
  public Export<DomainItem> domains(ReportFilter filter) {
    return new Export<>(new DomainPages(filter), () -> {});
  }

  /**
   * The documents of all reports, each once, as far as they are kept and wholly within reach.
   *
   * @param filter of reports
   * @return the newest day first
   */
  public Optional<Export<StoredDocument>> documents(ReportFilter filter) {
    return export(transaction -> new DocumentBatches(transaction, filter)::next);
  }

  private static List<Statement> statements(
      ReportFilter filter, Function<Slice, Statement> statement) {
    return Slice.of(filter).stream().map(statement).toList();
  }

  private static Statement reports(ReportFilter filter, Slice slice) {
    return Statement.of(ReportLists.REPORTS, ReportLists.reports(filter, slice, null));
  }

  private static Statement failures(ReportFilter filter, Slice slice) {
    return Statement.of(ReportLists.failures(slice), ReportLists.failures(filter, slice, null));
  }

  private <T> Optional<Export<T>> export(Function<ExportTransaction, Supplier<List<T>>> begin) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(begun(begin));
    } catch (RuntimeException | Error e) {
      places.release();
      throw e;
    }
  }

  private <T> Export<T> begun(Function<ExportTransaction, Supplier<List<T>>> begin) {
    var transaction = ExportTransaction.begin(DataSourceUtils.getConnection(pool), settings);
    try {
      return new Export<>(begin.apply(transaction), () -> end(transaction));
    } catch (RuntimeException | Error e) {
      transaction.close();
      throw e;
    }
  }

  private void end(ExportTransaction transaction) {
    try {
      transaction.close();
    } finally {
      places.release();
    }
  }

  /** One page of domains after the other. */
  private final class DomainPages implements Supplier<List<DomainItem>> {

    private final ReportFilter filter;
    private DomainItem.@Nullable Position last;
    private boolean ended;

    DomainPages(ReportFilter filter) {
      this.filter = filter;
    }

    @Override
    public List<DomainItem> get() {
      if (ended) {
        return List.of();
      }
      var page = domains.domains(filter, last, DOMAINS_AT_ONCE);
      last = page.last();
      ended = last == null;
      return page.items();
    }
  }
}
