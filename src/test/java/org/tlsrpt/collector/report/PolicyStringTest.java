package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.with;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyStringTest {

  private static final String RECORD_1 = "3 1 1 " + "0aF9".repeat(16);
  private static final String RECORD_2 = "2 0 2 " + "77".repeat(64);

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "[null]", "[\"\"]"})
  void aPolicyMayHaveNoLines(String json) {
    var document = with("policy-string", json).and("mx-host", json);

    assertThat(document.policy().policy().strings()).isEmpty();
    assertThat(document.policy().policy().mxHosts()).isEmpty();
    assertThat(document.policy().policy().mode()).isNull();
    assertThat(document.codes()).isEmpty();
  }

  @Test
  void keepsLinesAsTheyAreWithTheirErrorsInOrder() {
    var document =
        with(
            "policy-string",
            "[\"version:STSv1\",\"mx: b.example.com \",\"nmx: ...\",\"mx: a.example.com\",\"x-y: a:b\"]");

    assertThat(document.policy().policy().strings())
        .containsExactly(
            "version:STSv1", "mx: b.example.com ", "nmx: ...", "mx: a.example.com", "x-y: a:b");
    assertThat(document.codes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ["mode: enforce"]                  | enforce
          ["mode:testing"]                   | testing
          [" Mode : NONE "]                  | none
          ["mode: testing","mode: enforce"]  | testing
          ["mx: mode: none","mode: enforce"] | enforce
          ["mode: report"]                   |
          ["mode"]                           |
          ["mode: enforce: x"]               |
          []                                 |
          "version: STSv1\\nmode: testing"   | testing
          """)
  void readsTheModeOfAnStsPolicy(String json, @Nullable String mode) {
    assertThat(with("policy-string", json).policy().policy().mode()).isEqualTo(mode);
  }

  @Test
  void onlyAnStsPolicyHasAMode() {
    assertThat(with("policy-type", "\"tlsa\"").policy().policy().mode()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"\\r\\n\""})
  void policyStringMayBeAnEmptyText(String json) {
    var document = with("policy-string", json);

    assertThat(document.policy().policy().strings()).isEmpty();
    assertThat(document.codes()).containsExactly("policy-string-not-array");
  }

  @Test
  void splitsAPolicyStringThatIsOneText() {
    var document = with("policy-string", "\"version: STSv1\\r\\nmode: enforce\\n\\nmx: a;b\\n\"");

    assertThat(document.policy().policy().strings())
        .containsExactly("version: STSv1", "mode: enforce", "mx: a;b");
    assertThat(document.codes()).containsExactly("policy-string-not-array");
  }

  @Test
  void splitsTlsaRecordsInOneTextAtSemicolons() {
    var document =
        with("policy-string", "\"" + RECORD_1 + "; " + RECORD_2 + ";\"")
            .and("policy-type", "\"tlsa\"");

    assertThat(document.policy().policy().strings()).containsExactly(RECORD_1, RECORD_2);
    assertThat(document.codes()).containsExactly("policy-string-not-array");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"[\\\"%s\\\",\\\"%s\\\"]\"]",
        "[\" [ \\\"%s\\\" , \\\"%s\\\" ] \"]",
        "[[\"%s\",\"%s\"]]"
      })
  void expandsTlsaRecordsWrittenAsTheTextOfAnArray(String json) {
    var document =
        with("policy-string", json.formatted(RECORD_1, RECORD_2)).and("policy-type", "\"tlsa\"");

    assertThat(document.policy().policy().strings()).containsExactly(RECORD_1, RECORD_2);
    assertThat(document.codes()).contains("policy-string-json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 1 1",
        "3 1 1 0g",
        "3 1 1 abc",
        "3 1 abcd",
        "3 1 1 ab cd",
        "a b c d",
        "[\\\"3 1 1 ab\\\"",
        "[3]"
      })
  void keepsMalformedTlsaRecords(String record) {
    var document = with("policy-string", "[\"" + record + "\"]").and("policy-type", "\"tlsa\"");

    assertThat(document.policy().policy().strings()).containsExactly(record.replace("\\\"", "\""));
    assertThat(document.codes()).containsExactly("tlsa-record-malformed");
  }
}
