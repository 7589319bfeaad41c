package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.with;
import static org.tlsrpt.collector.report.Documents.without;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsrpt.collector.report.TlsReport.Summary;

class CountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                       | 0                |
          2147483648              | 2147483648       |
          999999999999999         | 999999999999999  |
          9007199254740991        | 9007199254740991 |
          9007199254740992        | 9007199254740991 | count-too-large
          9007199254740993        | 9007199254740991 | count-too-large
          9223372036854775807     | 9007199254740991 | count-too-large
          99999999999999999999999 | 9007199254740991 | count-too-large
          1e300                   | 9007199254740991 | count-too-large
          "42"                    | 42               | count-not-integer
          " 42 "                  | 42               | count-not-integer
          "00042"                 | 42               | count-not-integer
          3.0                     | 3                | count-not-integer
          1e3                     | 1000             | count-not-integer
          -0                      | 0                | count-not-integer
          1.9                     | 0                | count-invalid
          "1.9"                   | 0                | count-invalid
          -1                      | 0                | count-invalid
          "-1"                    | 0                | count-invalid
          -9223372036854775808    | 0                | count-invalid
          1e400                   | 0                | count-invalid
          -1e400                  | 0                | count-invalid
          1e999999999             | 0                | count-invalid
          1e-400                  | 0                | count-not-integer
          true                    | 0                | count-invalid
          "NaN"                   | 0                | count-invalid
          "many"                  | 0                | count-invalid
          []                      | 0                | count-invalid
          {"n":1}                 | 0                | count-invalid
          null                    | 0                |
          ""                      | 0                |
          """)
  void readsWhatSendersWriteAsCount(String json, long stored, @Nullable String code) {
    var document = with("total-successful-session-count", json);

    assertThat(document.policy().summary()).isEqualTo(new Summary(stored, 2));
    assertThat(document.codes()).isEqualTo(code == null ? List.of() : List.of(code));
  }

  @Test
  void readsNumbersOfManyDigits() {
    var digits = "9".repeat(1_000);
    assertThat(with("total-successful-session-count", digits).codes())
        .containsExactly("count-too-large");
    assertThat(with("total-successful-session-count", "1." + "0".repeat(900)).codes())
        .containsExactly("count-invalid");
    assertThat(Documents.readAny(with("report-id", digits + "9").json()))
        .isInstanceOf(Reading.NotJson.class);
  }

  @Test
  void oneCounterMayBeMissing() {
    assertThat(without("total-successful-session-count").read().notes()).isEmpty();
    assertThat(without("total-successful-session-count").policy().summary())
        .isEqualTo(new Summary(0, 2));
  }

  @ParameterizedTest
  @CsvSource({"null, summary-missing", "{}, summary-missing", "[], member-not-object"})
  void keepsPolicyWithoutSummary(String json, String code) {
    var document = with("summary", json);

    assertThat(document.policy().summary()).isEqualTo(new Summary(0, 0));
    assertThat(document.codes()).contains(code, "count-mismatch");
  }

  @Test
  void keepsFailureWithoutCount() {
    assertThat(without("failed-session-count").detail().failedSessionCount()).isZero();
    assertThat(without("failed-session-count").codes())
        .containsExactly("count-missing", "count-mismatch");
    assertThat(with("failed-session-count", "0").codes()).containsExactly("count-mismatch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | [{"result-type":"certificate-expired","failed-session-count":2}] | count-mismatch
          0 | [{"result-type":"certificate-expired","failed-session-count":2}] | count-mismatch
          3 | [{"result-type":"certificate-expired","failed-session-count":2}] | count-mismatch
          2 | [{"result-type":"certificate-expired","failed-session-count":2}] |
          2 | []                                         | failure-details-missing
          0 | []                                         |
          0 | null                                       |
          """)
  void keepsTotalAndDetailsAsTheyAre(String total, String details, @Nullable String code) {
    var document = with("total-failure-session-count", total).and("failure-details", details);

    assertThat(document.policy().summary().failed()).isEqualTo(Long.parseLong(total));
    assertThat(document.codes()).isEqualTo(code == null ? List.of() : List.of(code));
  }

  @Test
  void sumOfLargeCountsDoesNotOverflow() {
    var detail =
        "{\"result-type\":\"certificate-expired\",\"failed-session-count\":9007199254740991}";
    var document = with("failure-details", "[" + (detail + ",").repeat(2_047) + detail + "]");

    assertThat(document.codes()).containsExactly("count-mismatch");
  }
}
