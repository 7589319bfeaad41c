package org.tlsrpt.collector.report;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.ordinary;
import static org.tlsrpt.collector.report.Documents.with;
import static org.tlsrpt.collector.report.Documents.without;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviationTest {

  private static final String REPORT = ordinary().json();

  /** A document for every deviation. */
  private static final Map<String, String> DOCUMENTS =
      Map.ofEntries(
          entry("byte-order-mark", "\uFEFF" + REPORT),
          entry("encoding-invalid", REPORT.replace("Example Inc.", "Caf|")),
          entry("control-unescaped", REPORT.replace("Example", "Ex\nample")),
          entry("trailing-content", REPORT + "--"),
          entry("report-in-array", "[" + REPORT + "]"),
          entry("duplicate-member", REPORT.replaceFirst("\\{", "{\"report-id\":\"r-0\",")),
          entry("member-alias", REPORT.replace("report-id", "report_id")),
          entry("member-not-object", with("summary", "5").json()),
          entry("text-not-string", with("contact-info", "5").json()),
          entry("text-cut", with("contact-info", "\"" + "x".repeat(70_000) + "\"").json()),
          entry("control-character", with("contact-info", "\"\\u0000\"").json()),
          entry("lone-surrogate", with("contact-info", "\"\\ud800\"").json()),
          entry("organization-name-missing", without("organization-name").json()),
          entry("report-id-missing", without("report-id").json()),
          entry("date-missing", without("end-datetime").json()),
          entry("date-invalid", with("end-datetime", "\"infinity\"").json()),
          entry("date-no-zone", with("end-datetime", "\"2026-03-14T23:59:59\"").json()),
          entry("date-format", with("end-datetime", "\"2026-03-14 23:59:59Z\"").json()),
          entry("date-only", with("end-datetime", "\"2026-03-14\"").json()),
          entry("date-epoch", with("end-datetime", "1773532799").json()),
          entry("date-hour-24", with("end-datetime", "\"2026-03-14T24:00:00Z\"").json()),
          entry("date-leap-second", with("end-datetime", "\"2026-03-14T23:59:60Z\"").json()),
          entry("date-implausible", with("end-datetime", "\"2199-03-14T23:59:59Z\"").json()),
          entry("range-reversed", with("end-datetime", "\"2026-03-13T23:59:59Z\"").json()),
          entry("range-long", with("end-datetime", "\"2026-04-13T23:59:59Z\"").json()),
          entry("policies-not-array", with("policies", "{}").json()),
          entry("policies-empty", with("policies", "[]").json()),
          entry("policy-result-not-object", with("policies", "[1]").json()),
          entry("policy-missing", without("policy").json()),
          entry("policy-type-missing", without("policy-type").json()),
          entry("policy-type-unknown", with("policy-type", "\"x\"").json()),
          entry("policy-domain-missing", without("policy-domain").json()),
          entry("domain-unicode", with("policy-domain", "\"münchen.example\"").json()),
          entry("domain-invalid", with("policy-domain", "\"a b\"").json()),
          entry("policy-string-not-array", with("policy-string", "\"\"").json()),
          entry("policy-string-json", with("policy-string", "[\"[\\\"a\\\"]\"]").json()),
          entry("tlsa-record-malformed", with("policy-type", "\"tlsa\"").json()),
          entry("mx-host-not-array", with("mx-host", "\"mx.example.com\"").json()),
          entry("mx-host-prefix", with("mx-host", "[\"mx: mx.example.com\"]").json()),
          entry("summary-missing", without("summary").json()),
          entry("count-missing", without("failed-session-count").json()),
          entry("count-not-integer", with("failed-session-count", "2.0").json()),
          entry("count-invalid", with("failed-session-count", "-2").json()),
          entry("count-too-large", with("failed-session-count", "1e30").json()),
          entry("count-mismatch", with("failed-session-count", "3").json()),
          entry("failure-details-not-array", with("failure-details", "{}").json()),
          entry("failure-details-missing", without("failure-details").json()),
          entry("failure-detail-not-object", with("failure-details", "[1]").json()),
          entry("result-type-missing", without("result-type").json()),
          entry("result-type-unknown", with("result-type", "\"x\"").json()),
          entry("ip-form", with("receiving-ip", "\"[192.0.2.1]\"").json()),
          entry("ip-invalid", with("receiving-ip", "\"x\"").json()),
          entry("more-notes", with("policies", "[" + "{},".repeat(200) + "{}]").json()));

  @ParameterizedTest
  @EnumSource
  void isNotedAboutADocumentThatHasIt(Deviation deviation) {
    assertThat(DOCUMENTS).containsKey(deviation.code());
    var bytes = DOCUMENTS.getOrDefault(deviation.code(), "").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '|' ? (byte) 0xE9 : bytes[i];
    }

    assertThat(Documents.codes(Documents.readReport(bytes))).contains(deviation.code());
  }

  @ParameterizedTest
  @EnumSource
  void namesTheRuleItBreaks(Deviation deviation) {
    if (deviation != Deviation.MORE_NOTES) {
      assertThat(deviation.rule()).matches("RFC \\d{4} §\\d+(\\.\\d+)*");
    }
    assertThat(deviation.code()).matches("[a-z]+(-[a-z0-9]+)*");
  }

  @Test
  void documentationShowsEveryDeviationAndNoOther() throws IOException {
    var rows =
        Files.readAllLines(Path.of("docs/senders.md")).stream()
            .filter(line -> line.matches("\\| `[a-z0-9-]+` \\|.*"))
            .map(line -> List.of(line.split(" *\\| *", -1)).subList(1, 6))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Deviation.values()).map(DeviationTest::row).toList());
  }

  private static List<String> row(Deviation deviation) {
    return List.of(
        "`" + deviation.code() + "`",
        deviation.severity().name().toLowerCase(Locale.ROOT),
        deviation.rule(),
        deviation.found(),
        deviation.stored());
  }
}
