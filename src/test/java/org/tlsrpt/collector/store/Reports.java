package org.tlsrpt.collector.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport;
import org.tlsrpt.collector.report.TlsReport.DateRange;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.Policy;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;
import org.tlsrpt.collector.report.TlsReport.Summary;

/** Makes reports to store. */
final class Reports {

  static final Instant ARRIVAL = Instant.parse("2026-03-02T01:02:03Z");

  private UUID id = UUID.randomUUID();
  private String organization = "Sender Inc.";
  private String reportId = "2026-03-01_1";
  private DateRange window = window("2026-03-01");
  private final List<PolicyResult> policies = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private boolean domainInferred;
  private String recipientDomain;
  private Instant arrival = ARRIVAL;

  static Reports report() {
    return new Reports();
  }

  static DateRange window(String day) {
    return new DateRange(Instant.parse(day + "T00:00:00Z"), Instant.parse(day + "T23:59:59Z"));
  }

  Reports id(UUID value) {
    id = value;
    return this;
  }

  Reports reportId(String value) {
    reportId = value;
    return this;
  }

  Reports organization(String value) {
    organization = value;
    return this;
  }

  Reports on(String day) {
    window = window(day);
    return this;
  }

  Reports window(DateRange value) {
    window = value;
    return this;
  }

  Reports note(String code) {
    return note(code, "");
  }

  Reports note(String code, String path) {
    notes.add(new Note(code, path, "words"));
    return this;
  }

  Reports inferredFrom(String domain) {
    domainInferred = true;
    recipientDomain = domain;
    return this;
  }

  Reports postedFor(String domain) {
    recipientDomain = domain;
    return this;
  }

  Reports arrived(String moment) {
    arrival = Instant.parse(moment);
    return this;
  }

  Reports policy(String type, String domain, long successful, long failed) {
    return policy(type, domain, successful, failed, 0);
  }

  Reports policy(String type, String domain, long successful, long failed, int details) {
    policies.add(
        new PolicyResult(
            new Policy(
                type,
                List.of("version: STSv1", "mode: enforce"),
                domain,
                List.of("*." + domain),
                "enforce"),
            new Summary(successful, failed),
            IntStream.range(0, details).mapToObj(Reports::detail).toList()));
    return this;
  }

  Reports add(PolicyResult policy) {
    policies.add(policy);
    return this;
  }

  static FailureDetail detail(int n) {
    return new FailureDetail(
        "certificate-expired",
        "192.0.2." + n % 256,
        "mx" + n + ".example.com",
        null,
        "2001:db8::" + Integer.toHexString(n % 65_535 + 1),
        n,
        null,
        "reason " + n);
  }

  NewReport build() {
    return new NewReport(
        id,
        new TlsReport(organization, window, "tls@sender.example", reportId, policies),
        notes,
        domainInferred,
        new byte[] {1, 2, 3},
        recipientDomain,
        new NewReport.Source("https", "198.51.100.7", "uploader/1.0", arrival));
  }
}
