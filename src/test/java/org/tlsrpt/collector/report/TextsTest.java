package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.with;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain            | plain |
          a\\u0009b        | a\tb            |
          caf\\u00e9 🚀    | café 🚀 |
          \\ud83d\\ude80   | 🚀 |
          a\\u0000b        | a\uFFFDb         | control-character
          a\\u0007b        | ab               | control-character
          a\\r\\nb         | a b              | control-character
          a\\nb\\rc        | a b c            | control-character
          a\\ud800b        | a\uFFFDb         | lone-surrogate
          a\\ude80\\ud83db | a\uFFFD\uFFFDb   | lone-surrogate
          a\\ud83d         | a\uFFFD          | lone-surrogate
          \\u0000\\ud800   | \uFFFD\uFFFD     | control-character lone-surrogate
          \\u202e\\u200b   | \u202E\u200B |
          \\ufffe          | \uFFFE |
          """)
  void cleansTexts(String escaped, String stored, @Nullable String codes) {
    var document = with("organization-name", "\"" + escaped + "\"");

    assertThat(document.report().organizationName()).isEqualTo(stored);
    assertThat(document.codes())
        .isEqualTo(codes == null ? List.of() : List.of(codes.split(" ", -1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"  \"", "\"\\n\""})
  void nothingAndBlanksAreMissing(String json) {
    assertThat(with("organization-name", json).report().organizationName()).isNull();
    assertThat(with("organization-name", json).codes()).contains("organization-name-missing");
    assertThat(with("report-id", json).report().reportId()).isNull();
    assertThat(with("report-id", json).codes()).contains("report-id-missing");
    assertThat(with("contact-info", json).report().contactInfo()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "1.50e3", "true", "{\"a\": [1, \"ü\"]}", "[ ]", "[\"x\", {\"y\":null}]"})
  void keepsOtherValuesAsTheirJsonText(String json) {
    var document = with("additional-information", json);

    assertThat(document.detail().additionalInformation()).isEqualTo(json);
    assertThat(document.detail().failureReasonCode()).isEqualTo("expired");
    assertThat(document.codes()).containsExactly("text-not-string");
  }

  @Test
  void cutsLongTexts() {
    var document = with("failure-reason-code", "\"" + "x".repeat(1_000_000) + "\"");

    assertThat(document.detail().failureReasonCode()).isEqualTo("x".repeat(65_536));
    assertThat(document.codes()).containsExactly("text-cut");
  }

  @Test
  void cutsLongValuesThatAreNoTexts() {
    var document = with("failure-reason-code", "[\"" + "x".repeat(1_000_000) + "\"]");

    assertThat(document.detail().failureReasonCode()).hasSize(65_536).startsWith("[\"xxx");
    assertThat(document.codes()).containsExactly("text-not-string", "text-cut");
  }

  @Test
  void neverCutsACharacterInHalf() {
    var document = with("contact-info", "\"x" + "🚀".repeat(40_000) + "\"");

    assertThat(document.report().contactInfo()).hasSize(65_535).endsWith("🚀");
  }

  @Test
  void cutsTypesAndHostsShort() {
    assertThat(with("result-type", "\"" + "X".repeat(300) + "\"").detail().resultType())
        .isEqualTo("x".repeat(255));
    // İ becomes two characters in lower case, so cutting comes last.
    assertThat(with("policy-type", "\"" + "İ".repeat(200) + "\"").policy().policy().type())
        .hasSize(255);
    var host = with("receiving-mx-hostname", "\"" + "x".repeat(300) + "\"");
    assertThat(host.detail().receivingMxHostname()).isEqualTo("x".repeat(255));
    assertThat(host.codes()).containsExactly("text-cut");
  }

  @Test
  void refusesATextBeyondAllMeasure() {
    var json = with("failure-reason-code", "\"" + "x".repeat(17 * 1024 * 1024) + "\"").json();

    assertThat(Documents.readAny(json))
        .isEqualTo(new Reading.TooLarge("A text has more than 16777216 characters."));
  }

  @Test
  void repeatsWhatWasFoundOnlyInShortAndHarmlessForm() {
    var notes =
        with("result-type", "\"a\\u202Eb\\ud83d\\ude80" + "<".repeat(100) + "\"").read().notes();

    assertThat(notes.getFirst().message())
        .isEqualTo(
            "The result-type is not registered (\"a\uFFFDb\uFFFD\uFFFD"
                + "<".repeat(55)
                + "…\"); stored as text.");
  }

  @Test
  void listsAtMost200NotesButEveryKindOnce() {
    var detail = "{\"result-type\":\"x\",\"failed-session-count\":1}";
    var notes =
        with("failure-details", "[" + (detail + ",").repeat(999) + detail + "]")
            .and("total-failure-session-count", "1")
            .and("report-id", "null")
            .read()
            .notes();

    assertThat(notes).hasSizeLessThanOrEqualTo(200);
    assertThat(notes)
        .extracting(Note::code)
        .contains("count-mismatch", "report-id-missing", "result-type-unknown");
    assertThat(notes.getLast().code()).isEqualTo("more-notes");
    long unlisted = 1_002 - (notes.size() - 1);
    assertThat(notes.getLast().message()).isEqualTo(unlisted + " more deviations are not listed.");
  }
}
