package org.tlsrpt.collector.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.report.Note;
import tools.jackson.databind.json.JsonMapper;

/** Stored rows in the words of those who ask for them. */
@Component
class Rows {

  private final JsonMapper json;

  Rows(JsonMapper json) {
    this.json = json;
  }

  /** A failure detail and what its policy and report say of it. */
  record FoundFailure(
      StoredFailureDetail failure,
      String type,
      @Nullable String mode,
      @Nullable String organization) {}

  ReportItem item(StoredReport r) {
    return new ReportItem(
        r.key.id(),
        r.key.domain(),
        r.organizationName,
        r.contactInfo,
        r.reportId,
        r.windowStart,
        r.windowEnd,
        r.receivedAt,
        r.recipientDomain,
        r.successful,
        r.failed,
        source(r),
        notes(r));
  }

  WholeReport whole(List<StoredReport> rows, List<StoredPolicy> policies) {
    var r = rows.getFirst();
    var sessions =
        rows.stream()
            .map(row -> new Sessions(row.successful, row.failed))
            .reduce(new Sessions(0, 0), Sessions::plus);
    return new WholeReport(
        r.key.id(),
        ReportQueries.domains(rows),
        r.organizationName,
        r.contactInfo,
        r.reportId,
        r.windowStart,
        r.windowEnd,
        r.receivedAt,
        r.recipientDomain,
        sessions.successful(),
        sessions.failed(),
        source(r),
        rows.stream().flatMap(row -> notes(row).stream()).distinct().toList(),
        policies.stream().map(Rows::policy).toList());
  }

  static ReportItem.Source source(StoredReport r) {
    return new ReportItem.Source(r.channel, r.sourceAddress, r.userAgent);
  }

  List<Note> notes(StoredReport r) {
    return r.notes == null ? List.of() : List.of(json.readValue(r.notes, Note[].class));
  }

  static WholeReport.Policy policy(StoredPolicy p) {
    return new WholeReport.Policy(
        p.key.n(),
        p.type,
        p.key.domain(),
        p.mode,
        List.of(p.strings),
        List.of(p.mxHosts),
        p.successful,
        p.failed);
  }

  static WholeReport.Failure failure(StoredFailureDetail f) {
    return new WholeReport.Failure(
        f.key.n(),
        f.resultType,
        f.failedSessionCount,
        f.sendingMtaIp,
        f.receivingMxHostname,
        f.receivingMxHelo,
        f.receivingIp,
        f.additionalInformation,
        f.failureReasonCode);
  }

  static FailureItem item(FoundFailure found) {
    var f = found.failure();
    return new FailureItem(
        f.key.reportId(),
        f.key.day(),
        f.key.domain(),
        found.organization(),
        found.type(),
        found.mode(),
        f.resultType,
        f.failedSessionCount,
        f.sendingMtaIp,
        f.receivingMxHostname,
        f.receivingMxHelo,
        f.receivingIp,
        f.additionalInformation,
        f.failureReasonCode);
  }
}
