package org.tlsrpt.collector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.store.Position.OfFailure;
import org.tlsrpt.collector.store.Position.OfReport;
import tools.jackson.databind.json.JsonMapper;

/** Stored rows in the words of those who ask for them. */
@Component
class Rows {

  private static final Pattern POLICY = Pattern.compile("policies\\[(\\d{1,9})]");

  private final JsonMapper json;

  Rows(JsonMapper json) {
    this.json = json;
  }

  /**
   * A row of the list of reports.
   *
   * @param item without its notes
   * @param notes as stored, of the whole report
   * @param places of the policies of this domain in the report
   */
  record FoundReport(
      OfReport position, ReportItem item, @Nullable String notes, Set<Integer> places) {}

  /** A row of the list of failures. */
  record FoundFailure(OfFailure position, FailureItem item) {}

  static FoundReport report(ResultSet row, int number) throws SQLException {
    var item =
        new ReportItem(
            row.getObject("id", UUID.class),
            row.getString("domain"),
            row.getString("organization_name"),
            row.getString("contact_info"),
            row.getString("report_id"),
            instant(row, "window_start"),
            instant(row, "window_end"),
            row.getObject("received_at", OffsetDateTime.class).toInstant(),
            row.getString("recipient_domain"),
            row.getLong("successful"),
            row.getLong("failed"),
            new ReportItem.Source(
                row.getString("channel"),
                row.getString("source_address"),
                row.getString("user_agent")),
            List.of());
    var places = row.getArray("places");
    return new FoundReport(
        new OfReport(row.getObject("day", LocalDate.class), item.domain(), item.id()),
        item,
        row.getString("notes"),
        places == null ? Set.of() : Set.of((Integer[]) places.getArray()));
  }

  static FoundFailure failure(ResultSet row, int number) throws SQLException {
    var item =
        new FailureItem(
            row.getObject("report_id", UUID.class),
            row.getObject("day", LocalDate.class),
            row.getString("domain"),
            row.getString("organization_name"),
            row.getString("type"),
            row.getString("mode"),
            row.getString("result_type"),
            row.getLong("failed_session_count"),
            row.getString("sending_mta_ip"),
            row.getString("receiving_mx_hostname"),
            row.getString("receiving_mx_helo"),
            row.getString("receiving_ip"),
            row.getString("additional_information"),
            row.getString("failure_reason_code"));
    return new FoundFailure(
        new OfFailure(item.day(), item.domain(), item.reportId(), row.getInt("n"), row.getInt("m")),
        item);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }

  ReportItem item(FoundReport found) {
    return found.item().withNotes(notes(found.notes(), found.places()));
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
        rows.stream()
            .flatMap(row -> notes(row.notes, places(policies)).stream())
            .distinct()
            .toList(),
        policies.stream().map(Rows::policy).toList());
  }

  private static Set<Integer> places(List<StoredPolicy> policies) {
    return policies.stream().map(policy -> policy.key.n()).collect(Collectors.toSet());
  }

  static ReportItem.Source source(StoredReport r) {
    return new ReportItem.Source(r.channel, r.sourceAddress, r.userAgent);
  }

  /**
   * The notes about the report as a whole and about some of its policies: the others may be another
   * tenant's.
   */
  private List<Note> notes(@Nullable String stored, Set<Integer> places) {
    if (stored == null) {
      return List.of();
    }
    return Stream.of(json.readValue(stored, Note[].class))
        .filter(note -> isAboutAny(places, note.path()))
        .toList();
  }

  private static boolean isAboutAny(Set<Integer> places, String path) {
    var policy = POLICY.matcher(path);
    return !policy.lookingAt() || places.contains(Integer.valueOf(policy.group(1)));
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
}
