package org.tlsrpt.collector.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code report}, in a transaction of the caller. */
final class ReportInserts {

  private static final int REPORTS_AT_ONCE = 1_000;
  private static final long BYTES_AT_ONCE = 4L * 1024 * 1024;

  /** What a row without document may take: a hundred of a report have all its texts and notes. */
  private static final long ROW = 64 * 1024;

  private static final String REUSED =
      """
      select new.id
      from unnest(?, ?, ?, ?) as new (domain, day, id, identity)
      where exists (
          select 1 from report
          where report.domain = new.domain and report.day = new.day::date
            and report.identity = new.identity and report.id <> new.id)
      """;

  private static final String REPORTS =
      """
      insert into report (domain, day, id, organization_name, contact_info, report_id,
          window_start, window_end, recipient_domain, received_at, channel, source_address,
          user_agent, successful, failed, failure_details, identity, notes, document, domains)
      select domain, day::date, id, organization_name, contact_info, report_id,
          window_start::timestamptz, window_end::timestamptz, recipient_domain,
          received_at::timestamptz, channel, source_address::inet, user_agent, successful, failed,
          failure_details, identity, notes::jsonb, document, domains
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as new (
          domain, day, id, organization_name, contact_info, report_id, window_start, window_end,
          recipient_domain, received_at, channel, source_address, user_agent, successful, failed,
          failure_details, identity, notes, document, domains)
      on conflict (domain, day, id) do nothing
      returning domain, id
      """;

  private static final String NOTES =
      """
      update report set notes = new.notes::jsonb
      from unnest(?, ?, ?, ?) as new (domain, day, id, notes)
      where report.domain = new.domain and report.day = new.day::date and report.id = new.id
      """;

  private final Outbox outbox;
  private final JsonMapper json;
  private final Set<RowKey> inserted = new HashSet<>();
  private final Set<UUID> reused = new HashSet<>();

  ReportInserts(Outbox outbox, JsonMapper json) {
    this.outbox = outbox;
    this.json = json;
  }

  /** A row of {@code report} by the part of its key that tells rows of one batch apart. */
  private record RowKey(String domain, UUID id) {}

  /**
   * Writes the rows that are new.
   *
   * @return the parts that these are
   */
  List<DomainPart> insert(List<DomainPart> parts) throws SQLException {
    noteReuseAmong(parts);
    var first = 0;
    var bytes = 0L;
    for (var i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      bytes += part.carriesDocument() ? part.report().document().length : ROW;
      if (i + 1 - first >= REPORTS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
        send(parts.subList(first, i + 1));
        first = i + 1;
        bytes = 0;
      }
    }
    send(parts.subList(first, parts.size()));
    return parts.stream()
        .filter(part -> inserted.contains(new RowKey(part.domain(), part.report().id())))
        .toList();
  }

  /** Those whose organization, report-id and window came before with other content. */
  Set<UUID> reused() {
    return reused;
  }

  /** Two reports of one sender often arrive together, and neither is stored then. */
  private void noteReuseAmong(List<DomainPart> parts) {
    Map<Object, UUID> first = new HashMap<>();
    for (var part : parts) {
      var id = part.report().id();
      var key = List.of(part.domain(), part.day(), part.identity());
      var earlier = first.putIfAbsent(key, id);
      if (earlier != null && !earlier.equals(id)) {
        reused.add(id);
      }
    }
  }

  private void send(List<DomainPart> parts) throws SQLException {
    var keys = new ColumnArrays("text", "text", "uuid", "int8");
    var rows =
        new ColumnArrays(
            "text", "text", "uuid", "text", "text", "text", "text", "text", "text", "text", "text",
            "text", "text", "int8", "int8", "int4", "int8", "text", "bytea", "int4");
    for (var part : parts) {
      keys.addRow(part.domain(), part.day().toString(), part.report().id(), part.identity());
      addReport(rows, part);
    }
    outbox.add(REUSED, keys, row -> reused.add(row.getObject(1, UUID.class)));
    outbox.add(
        REPORTS,
        rows,
        row -> inserted.add(new RowKey(row.getString(1), row.getObject(2, UUID.class))));
    outbox.send();
  }

  private void addReport(ColumnArrays rows, DomainPart part) {
    var stored = part.report();
    var report = stored.report();
    var source = stored.source();
    var sessions = part.sessions();
    rows.addRow(
        part.domain(),
        part.day().toString(),
        stored.id(),
        part.text(report.organizationName()),
        part.text(report.contactInfo()),
        part.text(report.reportId()),
        text(report.dateRange().start()),
        text(report.dateRange().end()),
        stored.recipientDomain(),
        source.receivedAt().toString(),
        source.channel(),
        source.ip(),
        source.userAgent(),
        sessions.successful(),
        sessions.failed(),
        part.failureDetails(),
        part.identity(),
        part.notes().isEmpty() ? null : json(part.notes()),
        part.carriesDocument() ? stored.document() : null,
        part.domains());
  }

  /**
   * Adds a note to the rows of reports that turned out to reuse an id, which is rare.
   *
   * @param parts whose rows were inserted
   */
  void addReuse(List<DomainPart> parts) {
    var rows = new ColumnArrays("text", "text", "uuid", "text");
    for (var part : parts) {
      if (reused.contains(part.report().id())) {
        rows.addRow(
            part.domain(),
            part.day().toString(),
            part.report().id(),
            json(ReportArchive.withReuse(part.notes())));
      }
    }
    outbox.add(NOTES, rows);
  }

  private String json(List<Note> notes) {
    return json.writeValueAsString(notes);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
