package org.tlsrpt.collector.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.store.DomainPart.NumberedPolicy;
import tools.jackson.databind.json.JsonMapper;

/** The statements that write reports, on a connection and in a transaction of the caller. */
final class ReportInserts {

  /** So many rows go in one statement: bounds the arrays of a report with 200,000 details. */
  private static final int ROWS_AT_ONCE = 5_000;

  private static final int REPORTS_AT_ONCE = 1_000;
  private static final long BYTES_AT_ONCE = 4L * 1024 * 1024;

  /** What a row without document may take: a hundred of a report have all its texts and notes. */
  private static final long ROW = 64 * 1024;

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

  private static final String POLICIES =
      """
      insert into policy (domain, day, report_id, n, type, mode, strings, mx_hosts, successful,
          failed)
      select domain, day::date, report_id, n, type, mode, strings::text[], mx_hosts::text[],
          successful, failed
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as new (domain, day, report_id, n, type, mode,
          strings, mx_hosts, successful, failed)
      """;

  private static final String FAILURE_DETAILS =
      """
      insert into failure_detail (domain, day, report_id, n, m, result_type, sending_mta_ip,
          receiving_mx_hostname, receiving_mx_helo, receiving_ip, failed_session_count,
          additional_information, failure_reason_code)
      select domain, day::date, report_id, n, m, result_type, sending_mta_ip::inet,
          receiving_mx_hostname, receiving_mx_helo, receiving_ip::inet, failed_session_count,
          additional_information, failure_reason_code
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as new (domain, day, report_id, n, m,
          result_type, sending_mta_ip, receiving_mx_hostname, receiving_mx_helo, receiving_ip,
          failed_session_count, additional_information, failure_reason_code)
      """;

  private static final String FAILURE_TYPES =
      """
      insert into failure_type (domain, day, report_id, result_type, sessions, domains)
      select domain, day::date, report_id, result_type, sessions, domains
      from unnest(?, ?, ?, ?, ?, ?) as new (domain, day, report_id, result_type, sessions, domains)
      """;

  private final Connection connection;
  private final JsonMapper json;

  ReportInserts(Connection connection, JsonMapper json) {
    this.connection = connection;
    this.json = json;
  }

  /** A row of {@code report} by the part of its key that tells rows of one batch apart. */
  record RowKey(String domain, UUID id) {}

  /** Writes the rows that are new, says which those were. */
  Set<RowKey> insertReports(List<DomainPart> parts, Set<UUID> reusedIds) throws SQLException {
    var rows =
        new ColumnArrays(
            "text", "text", "uuid", "text", "text", "text", "text", "text", "text", "text", "text",
            "text", "text", "int8", "int8", "int4", "int8", "text", "bytea", "int4");
    var inserted = new HashSet<RowKey>();
    var bytes = 0L;
    for (var part : parts) {
      addReport(rows, part, reusedIds.contains(part.report().id()));
      bytes += part.carriesDocument() ? part.report().document().length : ROW;
      if (rows.size() >= REPORTS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
        insertReports(rows, inserted);
        bytes = 0;
      }
    }
    insertReports(rows, inserted);
    return inserted;
  }

  private void insertReports(ColumnArrays rows, Set<RowKey> inserted) throws SQLException {
    if (rows.size() == 0) {
      return;
    }
    try (var statement = connection.prepareStatement(REPORTS)) {
      rows.bind(statement, connection);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          inserted.add(new RowKey(result.getString(1), result.getObject(2, UUID.class)));
        }
      }
    }
    rows.clear();
  }

  private void addReport(ColumnArrays rows, DomainPart part, boolean reused) {
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
        notes(reused ? ReportArchive.withReuse(part.notes()) : part.notes()),
        part.carriesDocument() ? stored.document() : null,
        part.domains());
  }

  void insertPolicies(List<DomainPart> parts) throws SQLException {
    var rows =
        new ColumnArrays(
            "text", "text", "uuid", "int4", "text", "text", "text", "text", "int8", "int8");
    for (var part : parts) {
      for (var numbered : part.policies()) {
        var policy = numbered.result().policy();
        var summary = numbered.result().summary();
        rows.addRow(
            part.domain(),
            part.day().toString(),
            part.report().id(),
            numbered.n(),
            policy.type(),
            policy.mode(),
            ColumnArrays.literal(policy.strings()),
            ColumnArrays.literal(policy.mxHosts()),
            summary.successful(),
            summary.failed());
        flushFull(POLICIES, rows);
      }
    }
    flush(POLICIES, rows);
  }

  void insertFailureDetails(List<DomainPart> parts) throws SQLException {
    var rows =
        new ColumnArrays(
            "text", "text", "uuid", "int4", "int4", "text", "text", "text", "text", "text", "int8",
            "text", "text");
    for (var part : parts) {
      for (var policy : part.policies()) {
        var m = 0;
        for (var detail : policy.result().failureDetails()) {
          addFailureDetail(rows, part, policy, m++, detail);
          flushFull(FAILURE_DETAILS, rows);
        }
      }
    }
    flush(FAILURE_DETAILS, rows);
  }

  /** What {@code failure_detail} comes to when only the types are asked for. */
  void insertFailureTypes(List<DomainPart> parts) throws SQLException {
    var rows = new ColumnArrays("text", "text", "uuid", "text", "int8", "int4");
    for (var part : parts) {
      for (var type : part.failedSessions().entrySet()) {
        rows.addRow(
            part.domain(),
            part.day().toString(),
            part.report().id(),
            type.getKey(),
            type.getValue(),
            part.domains());
        flushFull(FAILURE_TYPES, rows);
      }
    }
    flush(FAILURE_TYPES, rows);
  }

  private static void addFailureDetail(
      ColumnArrays rows, DomainPart part, NumberedPolicy policy, int m, FailureDetail detail) {
    rows.addRow(
        part.domain(),
        part.day().toString(),
        part.report().id(),
        policy.n(),
        m,
        detail.resultType(),
        detail.sendingMtaIp(),
        detail.receivingMxHostname(),
        detail.receivingMxHelo(),
        detail.receivingIp(),
        detail.failedSessionCount(),
        detail.additionalInformation(),
        detail.failureReasonCode());
  }

  private void flushFull(String sql, ColumnArrays rows) throws SQLException {
    if (rows.size() >= ROWS_AT_ONCE) {
      flush(sql, rows);
    }
  }

  private void flush(String sql, ColumnArrays rows) throws SQLException {
    if (rows.size() == 0) {
      return;
    }
    try (var statement = connection.prepareStatement(sql)) {
      rows.bind(statement, connection);
      statement.executeUpdate();
    }
    rows.clear();
  }

  private @Nullable String notes(List<Note> notes) {
    return notes.isEmpty() ? null : json.writeValueAsString(notes);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
