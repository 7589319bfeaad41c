package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.ordinary;
import static org.tlsrpt.collector.report.Documents.with;
import static org.tlsrpt.collector.report.Documents.without;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportLintTest {

  private static final Instant NEXT_DAY = Instant.parse("2026-03-15T04:00:00Z");

  @Test
  void findsNothingInAnOrdinaryReport() {
    assertThat(findings(ordinary())).isEmpty();
    assertThat(ReportLint.conforming(List.of())).isTrue();
  }

  @Test
  void tellsWhatTheReaderPutRightAndTheRuleItBreaks() {
    var findings = findings(with("end-datetime", "\"2026-03-14T23:59:59\""));

    assertThat(findings)
        .containsExactly(
            new Finding(
                Severity.ERROR,
                "RFC 3339 §5.6",
                "date-range.end-datetime",
                "The date has no time zone (\"2026-03-14T23:59:59\"); read as UTC."));
    assertThat(ReportLint.conforming(findings)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'{', RFC 8259 §2",
    "'[]', RFC 8460 §4.4",
    "'{}', RFC 8460 §4.4",
  })
  void whatIsNoReportDoesNotConform(String json, String rule) {
    var findings = ReportLint.findings(Documents.readAny(json), NEXT_DAY);

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().rule()).isEqualTo(rule);
    assertThat(ReportLint.conforming(findings)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-03-14T00:00:00Z, 2026-03-14T23:59:59Z,
          2026-03-14T00:00:00Z, 2026-03-14T23:59:59.999Z,
          2026-03-14T00:00:00Z, 2026-03-15T00:00:00Z,
          2026-03-14T01:00:00Z, 2026-03-15T01:00:00Z, WARNING
          2026-03-14T00:00:00Z, 2026-03-14T12:00:00Z, WARNING
          2026-03-13T00:00:00Z, 2026-03-14T23:59:59Z, WARNING
          2026-03-01T00:00:00Z, 2026-03-01T23:59:59Z, INFO
          2026-03-20T00:00:00Z, 2026-03-20T23:59:59Z, ERROR
          """)
  void asksForTheUtcDayBefore(String start, String end, Severity severity) {
    var document =
        with("start-datetime", "\"" + start + "\"").and("end-datetime", "\"" + end + "\"");

    assertThat(findings(document))
        .extracting(Finding::severity)
        .isEqualTo(severity == null ? List.of() : List.of(severity));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"https://example.net/\"", "\"mailto:tls@example.net\""})
  void asksForAnAddressToWriteTo(String json) {
    assertThat(findings(with("contact-info", json)))
        .extracting(Finding::path)
        .containsExactly("contact-info");
  }

  @Test
  void asksForTheReasonOfFailuresThatSayLittle() {
    assertThat(
            findings(without("failure-reason-code").and("result-type", "\"validation-failure\"")))
        .extracting(Finding::rule)
        .containsExactly("RFC 8460 §4.3");
    assertThat(findings(without("failure-reason-code"))).isEmpty();
  }

  @Test
  void asksForTheLinesOfAPolicyThatWasFetched() {
    assertThat(findings(without("policy-string")))
        .extracting(Finding::path)
        .containsExactly("policies[0].policy.policy-string");
    assertThat(findings(without("policy-string").and("result-type", "\"sts-policy-fetch-error\"")))
        .isEmpty();
    assertThat(findings(without("mx-host")))
        .extracting(Finding::severity)
        .containsExactly(Severity.INFO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.net/ ? id = 1", "see the log", "/relative"})
  void asksForALinkThatIsOne(String text) {
    assertThat(findings(with("additional-information", "\"" + text + "\"")))
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING);
  }

  @Test
  void findingsAreBounded() {
    var policy = "{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"example.com\"}},";

    assertThat(findings(with("policies", "[" + policy.repeat(5_000) + "{}]")))
        .hasSizeLessThanOrEqualTo(400);
  }

  private static List<Finding> findings(Documents document) {
    return ReportLint.findings(document.read(), NEXT_DAY);
  }
}
