package org.tlsrpt.collector.api;

import static org.tlsrpt.collector.api.ApiCall.get;
import static org.tlsrpt.collector.api.ApiCall.post;

import java.util.List;

/** Calls that need no key: the intake, the record and the lints; and the look at DNS. */
final class ApiCallsForSenders {

  private static final String INTAKE = "Intake";
  private static final String RECORD = "Record";

  private static final String REPORT_TYPE = "application/tlsrpt+json";

  private static final String REPORT =
      """
      {"organization-name":"Example Sender","date-range":{\
      "start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},\
      "contact-info":"tls@sender.example","report-id":"2026-03-01_example.com","policies":[\
      {"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing"],\
      "policy-domain":"example.com","mx-host":["*.example.com"]},\
      "summary":{"total-successful-session-count":412,"total-failure-session-count":21},\
      "failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.25",\
      "receiving-mx-hostname":"mx2.example.com","failed-session-count":21}]}]}""";

  private static final String RECEIPT =
      """
      {"id":"7d4c2a9e-1f0b-8c3d-9e5a-6b7c8d9e0f1a","status":"%s","notes":[]}""";

  private static final String FINDING =
      """
      {"severity":"warning","rule":"RFC 8460 §3","path":"rua","message":"…"}""";

  private static final String TAKEN =
      """
      The body decides what it is: `1f 8b` is gzip, otherwise JSON; type and encoding headers are \
      recorded, not believed. The id is made of the content, so the same report again is the same \
      report. When nothing can be kept, the connection ends without an answer, or with 503 or 429 \
      and Retry-After if `tlsrpt.intake.when-unavailable` is `status`.""";

  static final List<ApiCall> ALL =
      List.of(
          intake(post("/v1/tlsrpt", "Deliver a report (RFC 8460 §5.4)")),
          intake(post("/v1/tlsrpt/{recipientDomain}", "Deliver a report for a domain")),
          words(get("/v1/tlsrpt", "Words for humans who look")),
          words(get("/v1/tlsrpt/{recipientDomain}", "Words for humans who look")),
          post("/v1/lint", "Judge a report and keep nothing")
              .under(INTAKE)
              .open()
              .sends(REPORT_TYPE, REPORT)
              .answers(
                  200,
                  "The judgement.",
                  LintController.Answer.class,
                  "application/json",
                  "{\"conforming\":false,\"findings\":[" + FINDING + "]}")
              .refuses(413, 429),
          get("/v1/record", "Make the DNS record of a domain")
              .under(RECORD)
              .open()
              .takes("record.domain", "rua", "ttl", "format")
              .says("Other formats than json are text.")
              .answers(
                  200,
                  "The record.",
                  RecordController.Answer.class,
                  "application/json",
                  """
                  {"name":"_smtp._tls.example.com.","type":"TXT","ttl":3600,\
                  "value":"v=TLSRPTv1; rua=mailto:tlsrpt@example.com",\
                  "strings":["v=TLSRPTv1; rua=mailto:tlsrpt@example.com"],\
                  "zone":"_smtp._tls.example.com. 3600 IN TXT \\"…\\"","notes":[]}""")
              .refuses(422),
          post("/v1/record/lint", "Judge the TXT records of a name")
              .under(RECORD)
              .open()
              .sends(
                  "application/json",
                  "{\"records\":[\"v=TLSRPTv1; rua=mailto:tlsrpt@example.com\"]}")
              .answers(
                  200,
                  "The judgement.",
                  """
                  {"valid":true,"record":"v=TLSRPTv1; rua=mailto:tlsrpt@example.com",\
                  "rua":["mailto:tlsrpt@example.com"],"extensions":{},"findings":[]}""")
              .refuses(413, 422),
          get("/v1/record/check", "Look a record up in DNS, and what stands beside it")
              .under(RECORD)
              .takes("record.domain", "check.mx", "probe")
              .says("403 also where `tlsrpt.check.outgoing` switches look-ups off.")
              .answers(
                  200,
                  "What was found.",
                  """
                  {"domain":"example.com","status":"valid"}""")
              .refuses(422));

  private ApiCallsForSenders() {}

  private static ApiCall intake(ApiCall call) {
    return call.under(INTAKE)
        .open()
        .says(TAKEN)
        .sends(REPORT_TYPE, REPORT)
        .answers(
            200,
            "It was stored before.",
            ApiReceipt.class,
            "application/json",
            RECEIPT.formatted("duplicate"))
        .answers(
            201,
            "Stored durably; `notes` say what was put right.",
            ApiReceipt.class,
            "application/json",
            RECEIPT.formatted("stored"))
        .answers(
            202,
            "Kept durably until the database is back; the id stays valid.",
            ApiReceipt.class,
            "application/json",
            RECEIPT.formatted("spooled"))
        .refuses(404, 413, 422, 429, 503);
  }

  private static ApiCall words(ApiCall call) {
    return call.under(INTAKE)
        .open()
        .answers(200, "Words.", String.class, "text/plain", "Mail servers deliver … here.");
  }
}
