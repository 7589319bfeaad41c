package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.ordinary;
import static org.tlsrpt.collector.report.Documents.readAny;
import static org.tlsrpt.collector.report.Documents.with;
import static org.tlsrpt.collector.report.Documents.without;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsrpt.collector.report.ReportReader.Limits;
import org.tlsrpt.collector.report.TlsReport.DateRange;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.Policy;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;
import org.tlsrpt.collector.report.TlsReport.Summary;

class ReportReaderTest {

  @Test
  void readsAnOrdinaryReportWholeAndWithoutNotes() {
    var reading = ordinary().read();

    assertThat(reading.notes()).isEmpty();
    assertThat(reading.domainInferred()).isFalse();
    assertThat(reading.report())
        .isEqualTo(
            new TlsReport(
                "Example Inc.",
                new DateRange(
                    Instant.parse("2026-03-14T00:00:00Z"), Instant.parse("2026-03-14T23:59:59Z")),
                "tls@example.net",
                "r-1",
                List.of(
                    new PolicyResult(
                        new Policy(
                            "sts",
                            List.of("version: STSv1", "mode: enforce", "mx: mx.example.com"),
                            "example.com",
                            List.of("mx.example.com"),
                            "enforce"),
                        new Summary(40, 2),
                        List.of(
                            new FailureDetail(
                                "certificate-expired",
                                "192.0.2.1",
                                "mx.example.com",
                                "mail.example.com",
                                "2001:db8::25",
                                2,
                                "https://example.net/r/1",
                                "expired"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \r\n",
        "{",
        "{\"policies\":[]",
        "{\"policies\":[],}",
        "{'policies':[]}",
        "{\"policies\":[] /* none */}",
        "{\"policies\":[NaN]}",
        "{\"policies\":[01]}",
        "nul",
        "--boundary",
        "{} x",
        "[1]]",
      })
  void isNotJson(String text) {
    assertThat(readAny(text)).isInstanceOf(Reading.NotJson.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1",
        "\"policies\"",
        "[]",
        "[1]",
        "[{}]",
        "[[{\"policies\":[]}]]",
        "[{\"policies\":[]},{\"policies\":[]}]",
        "[1,{\"policies\":[]}]",
        "{}",
        "{\"policies\":null}",
        "{\"policies\":\"\"}",
        "{\"policies\":5}",
        "{\"Policies\":[]}",
        "{\"date-range\":{\"policies\":[]}}",
        "{\"policy\":{\"policy-type\":\"sts\"},\"success-aggregate\":3}",
      })
  void isJsonButNoReport(String text) {
    assertThat(readAny(text)).isInstanceOf(Reading.NotAReport.class);
  }

  @Test
  void tellsWhereTheDocumentIsBrokenButNotWhatStandsThere() {
    assertThat(readAny("{\"policies\":[\n  <script>"))
        .isEqualTo(new Reading.NotJson("The document is not JSON text: line 2, column 3."));
    assertThat(readAny("{\"policies\":[\n"))
        .isInstanceOfSatisfying(
            Reading.NotJson.class,
            reading -> assertThat(reading.reason()).startsWith("The document ends too early"));
  }

  @Test
  void keepsReportWithoutPolicies() {
    var reading = with("policies", "[]").read();

    assertThat(reading.report().policies()).isEmpty();
    assertThat(Documents.codes(reading)).containsExactly("policies-empty");
  }

  @Test
  void keepsReportThatIsNothingButPolicies() {
    var reading = Documents.read("{\"policies\":[{}]}");

    assertThat(reading.report().policies())
        .containsExactly(
            new PolicyResult(
                new Policy("unknown", List.of(), "unknown", List.of(), null),
                new Summary(0, 0),
                List.of()));
    assertThat(Documents.codes(reading))
        .containsExactlyInAnyOrder(
            "organization-name-missing",
            "report-id-missing",
            "date-missing",
            "policy-missing",
            "summary-missing",
            "policy-domain-missing");
    assertThat(reading.domainInferred()).isTrue();
  }

  @Test
  void readsMembersInAnyOrder() {
    var reading =
        Documents.read(
            """
            {"policies":[{"summary":{},"policy":{"policy-string":["mode: none"],
            "policy-type":"sts"}}],"report-id":"2026-01-01_example.org"}\
            """);

    var policy = reading.report().policies().getFirst().policy();
    assertThat(policy.mode()).isEqualTo("none");
    assertThat(policy.domain()).isEqualTo("example.org");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # recipient domain, report-id,                          domain of the policy
          example.net,        2019-04-14T00:00:00Z_example.org,   example.net
          EXAMPLE.net.,       r-1,                                example.net
          ,                   2019-04-14T00:00:00Z_example.org,   example.org
          ,                   2019-04-14T00:00:00Z_idx1_Example.org, example.org
          ,                   133925885310113267+example.org,     example.org
          ,                   133925885310113267+,                unknown
          ,                   1770104472_5665667737528564296,     unknown
          ,                   1_192.0.2.1,                        unknown
          ,                   5f0e@example.org,                   unknown
          ,                   a_b,                                unknown
          ,                   ,                                   unknown
          """)
  void fillsInAMissingPolicyDomain(String recipientDomain, String reportId, String domain) {
    var document =
        without("policy-domain")
            .and("report-id", reportId == null ? "null" : "\"" + reportId + "\"")
            .json()
            .getBytes(StandardCharsets.UTF_8);

    var reading = (Reading.Read) new ReportReader(Limits.DEFAULT).read(document, recipientDomain);

    assertThat(reading.report().policies().getFirst().policy().domain()).isEqualTo(domain);
    assertThat(reading.domainInferred()).isTrue();
    assertThat(Documents.codes(reading)).contains("policy-domain-missing");
  }

  @Test
  void keepsTheDomainTheReportNamesWhateverItWasSentTo() {
    var document = ordinary().json().getBytes(StandardCharsets.UTF_8);

    var reading = (Reading.Read) new ReportReader(Limits.DEFAULT).read(document, "example.net");

    assertThat(reading.report().policies().getFirst().policy().domain()).isEqualTo("example.com");
    assertThat(reading.domainInferred()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--boundary--", "\0\0\0\0", ",", "}", "\"x\"", "1", "// end"})
  void ignoresWhatFollowsTheReportIfItIsNoDocument(String tail) {
    assertThat(Documents.codes(Documents.read(ordinary().json() + "\r\n" + tail)))
        .containsExactly("trailing-content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[", "\r\n\r\n{\"policies\":[]}", ",{\"policies\":[]}"})
  void doesNotLoseASecondDocumentSilently(String tail) {
    assertThat(readAny(ordinary().json() + tail))
        .isEqualTo(new Reading.NotJson("A second JSON document follows the report."));
  }

  @Test
  void readsReportInAnArrayOfOne() {
    var reading = Documents.read("[" + ordinary().json() + "]\n");

    assertThat(reading.report()).isEqualTo(ordinary().report());
    assertThat(Documents.codes(reading)).containsExactly("report-in-array");
  }

  @Test
  void lastOneOfMembersWithTheSameNameCounts() {
    var json =
        ordinary()
            .json()
            .replace("\"report-id\":\"r-1\"", "\"report-id\":\"a\",\"report-id\":\"b\"");

    var reading = Documents.read(json);

    assertThat(reading.report().reportId()).isEqualTo("b");
    assertThat(reading.notes()).extracting(Note::code).containsExactly("duplicate-member");
    assertThat(reading.notes()).extracting(Note::path).containsExactly("report-id");
  }

  @Test
  void ignoresMembersItDoesNotKnowAndThoseOutOfPlace() {
    var json =
        ordinary()
            .json()
            .replace(
                "{\"policy\":",
                "{\"__proto__\":{\"policies\":[]},\"@class\":[[1]],\"report-id\":5,\"policy\":");

    assertThat(Documents.read(json)).isEqualTo(ordinary().read());
  }

  @Test
  void refusesMoreThanTheLimits() {
    var limits = new Limits(10, 2, 3, 100);
    var reader = new ReportReader(limits);

    assertThat(reader.read(bytes("{\"policies\":[{},{}]}"), null)).isInstanceOf(Reading.Read.class);
    assertThat(reader.read(bytes("{\"policies\":[{},{},{}]}"), null))
        .isEqualTo(new Reading.TooLarge("The report has more than 2 policies."));
    assertThat(reader.read(bytes(details("{},{}", "{}")), null)).isInstanceOf(Reading.Read.class);
    assertThat(reader.read(bytes(details("{},{}", "{},{}")), null))
        .isEqualTo(new Reading.TooLarge("The report has more than 3 failure-details."));
    assertThat(
            reader.read(
                bytes("{\"policies\":[],\"x\":" + "[".repeat(9) + "]".repeat(9) + "}"), null))
        .isInstanceOf(Reading.Read.class);
    assertThat(reader.read(bytes("{\"policies\":[],\"x\":" + "[".repeat(10)), null))
        .isEqualTo(new Reading.NotJson("Objects and arrays are nested deeper than 10 levels."));
  }

  private static String details(String first, String second) {
    return "{\"policies\":[{\"failure-details\":[%s]},{\"failure-details\":[%s]}]}"
        .formatted(first, second);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
