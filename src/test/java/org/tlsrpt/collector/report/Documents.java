package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;

/** Documents that are an ordinary report but for a member or two. */
final class Documents {

  private static final ReportReader READER = new ReportReader(ReportReader.Limits.DEFAULT);

  /** Raw JSON by member; a Map is an object, a List an array of one object. */
  private final Map<String, Object> members;

  private Documents(Map<String, Object> members) {
    this.members = members;
  }

  /** A report without any deviation: one sts policy, one failure. */
  static Documents ordinary() {
    var policy = new LinkedHashMap<String, Object>();
    policy.put("policy-type", "\"sts\"");
    policy.put("policy-string", "[\"version: STSv1\",\"mode: enforce\",\"mx: mx.example.com\"]");
    policy.put("policy-domain", "\"example.com\"");
    policy.put("mx-host", "[\"mx.example.com\"]");
    var summary = new LinkedHashMap<String, Object>();
    summary.put("total-successful-session-count", "40");
    summary.put("total-failure-session-count", "2");
    var detail = new LinkedHashMap<String, Object>();
    detail.put("result-type", "\"certificate-expired\"");
    detail.put("sending-mta-ip", "\"192.0.2.1\"");
    detail.put("receiving-mx-hostname", "\"mx.example.com\"");
    detail.put("receiving-mx-helo", "\"mail.example.com\"");
    detail.put("receiving-ip", "\"2001:db8::25\"");
    detail.put("failed-session-count", "2");
    detail.put("additional-information", "\"https://example.net/r/1\"");
    detail.put("failure-reason-code", "\"expired\"");
    var result = new LinkedHashMap<String, Object>();
    result.put("policy", policy);
    result.put("summary", summary);
    result.put("failure-details", List.of(detail));
    var range = new LinkedHashMap<String, Object>();
    range.put("start-datetime", "\"2026-03-14T00:00:00Z\"");
    range.put("end-datetime", "\"2026-03-14T23:59:59Z\"");
    var report = new LinkedHashMap<String, Object>();
    report.put("organization-name", "\"Example Inc.\"");
    report.put("date-range", range);
    report.put("contact-info", "\"tls@example.net\"");
    report.put("report-id", "\"r-1\"");
    report.put("policies", List.of(result));
    return new Documents(report);
  }

  /** The ordinary report with one member's value replaced by this JSON text. */
  static Documents with(String member, String json) {
    return ordinary().and(member, json);
  }

  /** The ordinary report without a member. */
  static Documents without(String member) {
    var documents = ordinary();
    remove(documents.members, member);
    return documents;
  }

  /** One more member replaced. */
  Documents and(String member, String json) {
    assertThat(replace(members, member, json)).as(member).isTrue();
    return this;
  }

  /** The document as JSON text. */
  String json() {
    return json(members);
  }

  /** Reads the document, which must be a report. */
  Reading.Read read() {
    return Documents.read(json());
  }

  /** The report in the document. */
  TlsReport report() {
    return read().report();
  }

  /** The only policy of the report. */
  PolicyResult policy() {
    return report().policies().getFirst();
  }

  /** The only failure of the report. */
  FailureDetail detail() {
    return policy().failureDetails().getFirst();
  }

  /** The codes of all notes, in order. */
  List<String> codes() {
    return codes(read());
  }

  /** The codes of all notes, in order. */
  static List<String> codes(Reading.Read reading) {
    return reading.notes().stream().map(Note::code).toList();
  }

  /** Reads a text that must be a report. */
  static Reading.Read read(String json) {
    return readReport(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads bytes that must be a report. */
  static Reading.Read readReport(byte[] document) {
    var reading = READER.read(document, null);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return (Reading.Read) reading;
  }

  /** Reads anything. */
  static Reading readAny(String json) {
    return READER.read(json.getBytes(StandardCharsets.UTF_8), null);
  }

  /** Reads anything. */
  static Reading readAny(byte[] document) {
    return READER.read(document, null);
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> object ->
          object.entrySet().stream()
              .map(entry -> "\"" + entry.getKey() + "\":" + json(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> array ->
          array.stream().map(Documents::json).collect(Collectors.joining(",", "[", "]"));
      default -> value.toString();
    };
  }

  private static boolean replace(Map<String, Object> object, String member, String json) {
    if (object.containsKey(member)) {
      object.put(member, json);
      return true;
    }
    return object.values().stream()
        .map(Documents::objectIn)
        .anyMatch(inner -> inner != null && replace(inner, member, json));
  }

  private static void remove(Map<String, Object> object, String member) {
    object.remove(member);
    object.values().stream()
        .map(Documents::objectIn)
        .filter(inner -> inner != null)
        .forEach(inner -> remove(inner, member));
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Map<String, Object> objectIn(Object value) {
    var inner = value instanceof List<?> array ? array.getFirst() : value;
    return inner instanceof Map<?, ?> ? (Map<String, Object>) inner : null;
  }
}
