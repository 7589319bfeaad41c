package org.tlsrpt.collector.store;

import java.sql.SQLException;
import java.util.List;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.store.DomainPart.NumberedPolicy;

/** The rows below those of {@code report}, in a transaction of the caller. */
final class PolicyInserts {

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

  /**
   * So many rows are not compared with their policy one by one, a quarter of the work for them: the
   * policies are rows of the same transaction, which nobody else can delete. Fewer rows are, since
   * the change makes PostgreSQL plan the connection's statements again. Not for a role that may
   * not, nor where somebody put a trigger on one of the tables: it would not be called.
   */
  private static final int UNCHECKED_FROM = 500;

  private static final String UNCHECKED =
      """
      select set_config('session_replication_role', 'replica', true)
      where has_parameter_privilege('session_replication_role', 'set')
        and not exists (
          select 1 from pg_trigger
          where not tgisinternal and tgrelid in ('report'::regclass, 'policy'::regclass,
              'failure_detail'::regclass, 'failure_type'::regclass, 'day_change'::regclass))
      """;

  private final Outbox outbox;

  PolicyInserts(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Adds the rows to what is sent next; many of them are sent at once. */
  void insert(List<DomainPart> parts) throws SQLException {
    if (parts.stream().mapToInt(DomainPart::failureDetails).sum() >= UNCHECKED_FROM) {
      outbox.add(UNCHECKED);
    }
    addPolicies(parts);
    addFailureDetails(parts);
    addFailureTypes(parts);
  }

  private void addPolicies(List<DomainPart> parts) throws SQLException {
    var rows =
        outbox.growing(
            POLICIES, "text", "text", "uuid", "int4", "text", "text", "text", "text", "int8",
            "int8");
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
      }
    }
    rows.end();
  }

  private void addFailureDetails(List<DomainPart> parts) throws SQLException {
    var rows =
        outbox.growing(
            FAILURE_DETAILS,
            "text",
            "text",
            "uuid",
            "int4",
            "int4",
            "text",
            "text",
            "text",
            "text",
            "text",
            "int8",
            "text",
            "text");
    for (var part : parts) {
      for (var policy : part.policies()) {
        var m = 0;
        for (var detail : policy.result().failureDetails()) {
          addFailureDetail(rows, part, policy, m++, detail);
        }
      }
    }
    rows.end();
  }

  private static void addFailureDetail(
      Outbox.Growing rows, DomainPart part, NumberedPolicy policy, int m, FailureDetail detail)
      throws SQLException {
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

  /** What {@code failure_detail} comes to when only the types are asked for. */
  private void addFailureTypes(List<DomainPart> parts) throws SQLException {
    var rows = outbox.growing(FAILURE_TYPES, "text", "text", "uuid", "text", "int8", "int4");
    for (var part : parts) {
      for (var type : part.failedSessions().entrySet()) {
        rows.addRow(
            part.domain(),
            part.day().toString(),
            part.report().id(),
            type.getKey(),
            type.getValue(),
            part.domains());
      }
    }
    rows.end();
  }
}
