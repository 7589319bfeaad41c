package org.tlsrpt.collector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.ExportTransaction.Merge;
import org.tlsrpt.collector.store.Position.OfReport;

/**
 * The documents of reports, some megabytes at a time: first what reports there are and how large
 * their documents, then the documents themselves.
 */
final class DocumentBatches {

  private static final int BYTES_AT_ONCE = 4 * 1024 * 1024;

  /** The document may be on the row of another policy domain. */
  private static final String REPORTS =
      """
      select r.domain, r.day, r.id, r.domains, r.recipient_domain, r.received_at, r.channel,
        host(r.source_address) as source_address, r.user_agent,
        coalesce(octet_length(r.document), (
          select octet_length(d.document) from report d
          where d.id = r.id and d.document is not null
          limit 1), -1) as document
      from report r
      where {where}
      order by r.day desc, r.domain desc, r.id desc
      """;

  /** A document cannot be given in part. */
  private static final String WHOLLY_WITHIN =
      """
      not exists (
        select from report other
        where other.id = r.id and other.domain <> all(cast(:reach as text[]))
          and (other.recipient_domain = any(cast(:reach as text[]))) is not true)""";

  private static final String DOCUMENTS =
      """
      select id, document from report
      where id = any(cast(:ids as uuid[])) and document is not null
      """;

  private final ExportTransaction transaction;
  private final Merge<Row> rows;
  private final Set<UUID> seen = new HashSet<>();
  private @Nullable LocalDate day;

  DocumentBatches(ExportTransaction transaction, ReportFilter filter) {
    this.transaction = transaction;
    this.rows =
        transaction.merge(
            Slice.of(filter).stream().map(slice -> statement(filter, slice)).toList(),
            Row::of,
            Comparator.comparing(Row::position, OfReport.ORDER.reversed()));
  }

  private static Statement statement(ReportFilter filter, Slice slice) {
    var where = ReportLists.reports(filter, slice, null);
    if (filter.reach() instanceof Reach.Domains(var names)) {
      where.and(WHOLLY_WITHIN, "reach", Conditions.array(names));
    }
    return Statement.of(REPORTS, where);
  }

  /** A row of a report; several of one report lie within one day. */
  private record Row(OfReport position, boolean alone, StoredDocument document, int size) {

    static Row of(ResultSet row, int number) throws SQLException {
      var source =
          new NewReport.Source(
              row.getString("channel"),
              row.getString("source_address"),
              row.getString("user_agent"),
              row.getObject("received_at", OffsetDateTime.class).toInstant());
      var id = row.getObject("id", UUID.class);
      return new Row(
          new OfReport(row.getObject("day", LocalDate.class), row.getString("domain"), id),
          row.getInt("domains") == 1,
          new StoredDocument(id, row.getString("recipient_domain"), source, new byte[0]),
          row.getInt("document"));
    }
  }

  /** Documents that follow; none at the end. */
  List<StoredDocument> next() {
    var batch = new ArrayList<StoredDocument>();
    var bytes = 0L;
    Row row;
    while (bytes < BYTES_AT_ONCE
        && batch.size() < ExportTransaction.AT_ONCE
        && (row = rows.poll()) != null) {
      if (row.size() >= 0 && isFirst(row)) {
        batch.add(row.document());
        bytes += row.size();
      }
    }
    return batch.isEmpty() ? batch : withDocuments(batch);
  }

  private boolean isFirst(Row row) {
    if (!row.position().day().equals(day)) {
      seen.clear();
      day = row.position().day();
    }
    return row.alone() || seen.add(row.position().id());
  }

  private List<StoredDocument> withDocuments(List<StoredDocument> reports) {
    var ids = Conditions.array(reports.stream().map(StoredDocument::id).toList());
    Map<UUID, byte[]> documents = new HashMap<>();
    transaction
        .jdbc()
        .sql(DOCUMENTS)
        .param("ids", ids)
        .query(
            row -> {
              documents.put(row.getObject("id", UUID.class), row.getBytes("document"));
            });
    return reports.stream()
        .map(
            it ->
                new StoredDocument(
                    it.id(),
                    it.recipientDomain(),
                    it.source(),
                    Objects.requireNonNull(documents.get(it.id()))))
        .toList();
  }
}
