package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLintTest {

  private static final String GOOD = "v=TLSRPTv1; rua=mailto:tlsrpt@example.net";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          v=TLSRPTv1|A semicolon must follow
          v=TLSRPTv1 rua=mailto:a@b.example|A semicolon must follow
          v=TLSRPTv1 ;rua=mailto:a@b.example|space before the first semicolon
           v=TLSRPTv1; rua=mailto:a@b.example|must begin with v=TLSRPTv1; without white space
          \uFEFFv=TLSRPTv1; rua=mailto:a@b.example|must begin with v=TLSRPTv1; without white space
          v=tlsrptv1; rua=mailto:a@b.example|letter by letter
          V=TLSRPTv1; rua=mailto:a@b.example|letter by letter
          v = TLSRPTv1; rua=mailto:a@b.example|White space around =
          v=TSLRPTv1; rua=mailto:a@b.example|misspelt
          v=TLSRPT1; rua=mailto:a@b.example|misspelt
          v=TLS-RPTv1; rua=mailto:a@b.example|misspelt
          v=TLSRPTv2; rua=mailto:a@b.example|another version
          v=TLSRPTv1\\\\; rua=mailto:a@b.example|literal quotes or backslashes
          "v=TLSRPTv1; rua=mailto:a@b.example"|literal quotes or backslashes
          "v=TLSRP" "Tv1; rua=mailto:a@b.example"|literal quotes or backslashes
          rua=mailto:a@b.example|The version is missing
          TLSRPTv1; rua=mailto:a@b.example|v= is missing
          _smtp._tls 3600 IN TXT "v=TLSRPTv1; rua=mailto:a@b.example"|a whole line of a zone file
          _smtp._tls.b.example. IN TXT "v=TLSRPTv1; rua=mailto:a@b.example"|a whole line of a zone
          _tlsrpt.b.example. IN TXT "v=TLSRPTv1; rua=mailto:a@b.example"|stands at _tlsrpt.b.example.
          _smtp-tlsrpt.b.example. 60 TXT "v=TLSRPTv1;rua=mailto:a@b.example"|must be _smtp._tls.
          v=DMARC1; p=none; rua=mailto:a@b.example|belongs at _dmarc.
          v=STSv1; id=1|belongs at _mta-sts.
          """)
  void namesTheMistakeThatHidesTheRecord(String text, String message) {
    var result = lint(text.translateEscapes());
    assertThat(result.findings())
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.ERROR))
        .satisfies(f -> assertThat(f.path()).isEqualTo("records[0]"))
        .satisfies(f -> assertThat(f.message()).contains(message));
    assertThat(result.valid()).isFalse();
    assertThat(result.record()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=spf1 -all", "google-site-verification=x", "", "v=DKIM1; p=", "v=TLS"})
  void passesOverWhatHasNothingToDoWithIt(String text) {
    assertThat(lint(text).findings())
        .extracting(Finding::severity, Finding::path)
        .containsExactly(tuple(Severity.INFO, "records[0]"), tuple(Severity.ERROR, "records"));
  }

  @Test
  void takesTheOneRecordBesideOthers() {
    var result = lint("v=spf1 -all", GOOD, "v=TLSRPTv2; rua=mailto:a@b.example");
    assertThat(result.valid()).isTrue();
    assertThat(result.record()).isEqualTo(GOOD);
    assertThat(result.findings())
        .extracting(Finding::severity, Finding::path)
        .containsExactly(tuple(Severity.INFO, "records[0]"), tuple(Severity.WARNING, "records[2]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {GOOD, "v=TLSRPTv1; rua=mailto:b@example.net", "v=TLSRPTv1;", "v=TLSRPTv1;?"})
  void countsTwoRecordsAsNoneEvenIfIdenticalOrBroken(String second) {
    var result = lint("v=spf1 -all", GOOD, second);
    assertThat(result.valid()).isFalse();
    assertThat(result.record()).isNull();
    assertThat(result.rua()).isEmpty();
    assertThat(result.findings())
        .filteredOn(f -> f.severity() == Severity.ERROR)
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo("records[2]"))
        .satisfies(f -> assertThat(f.message()).contains("2 records", "keep one"));
  }

  @Test
  void saysThatThereIsNoRecord() {
    assertThat(RecordLint.lint(List.of()).findings())
        .containsExactly(
            new Finding(
                Severity.ERROR, "RFC 8460 §3", "records", "There is no TXT record: publish one."));
  }

  @Test
  void joinsStringsBeforeItLooksForThePrefix() {
    var joined = CharacterStrings.join(List.of("v=TLSRP", "Tv1; rua=mailto:a@ex", "ample.com"));
    assertThat(lint(joined).rua()).containsExactly("mailto:a@example.com");
  }

  @ParameterizedTest
  @CsvSource({"450, 0, ''", "451, 1, 450", "1232, 1, 450", "1233, 1, 1232"})
  void warnsOfSizeOfAllRecordsTogether(int octets, int warnings, String limit) {
    var result = lint(GOOD, "x".repeat(octets - GOOD.length()));
    assertThat(result.findings())
        .filteredOn(f -> f.rule().equals("RFC 7208 §3.4"))
        .hasSize(warnings)
        .allSatisfy(f -> assertThat(f.message()).contains(octets + " octets", limit))
        .allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING));
    assertThat(result.valid()).isTrue();
  }

  @Test
  void readsNothingOfWhatNoDnsAnswerHolds() {
    var tooLong = lint("v=TLSRPTv1; rua=" + "mailto:a@b.example,".repeat(60_000));
    assertThat(tooLong.findings()).singleElement().satisfies(RecordLintTest::saysTooMuch);
    var tooMany = RecordLint.lint(Collections.nCopies(100_000, ""));
    assertThat(tooMany.findings()).singleElement().satisfies(RecordLintTest::saysTooMuch);
    assertThat(lint("é".repeat(40_000)).findings())
        .singleElement()
        .satisfies(RecordLintTest::saysTooMuch);
  }

  private static void saysTooMuch(Finding finding) {
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.message()).contains("more than one DNS answer can hold");
  }

  @Test
  void listsAHundredFindingsOfAKindAndCountsTheRest() {
    var result = lint("v=TLSRPTv1;" + ";".repeat(60_000));
    assertThat(result.findings()).hasSize(Findings.LIMIT + 2);
    assertThat(result.findings().getLast().message()).contains("59901 more");
    assertThat(result.valid()).isFalse();
  }

  @Test
  void showsWhyThereIsNoRecordAmongAThousand() {
    var result = RecordLint.lint(Collections.nCopies(1000, "x"));
    assertThat(result.findings()).hasSize(Findings.LIMIT + 2);
    assertThat(result.findings()).anyMatch(f -> f.severity() == Severity.ERROR);
  }

  @Test
  void takesNullAsEmptyText() {
    List<@Nullable String> records = Arrays.asList(null, GOOD);
    assertThat(RecordLint.lint(records).valid()).isTrue();
  }

  private static LintResult lint(String... records) {
    return RecordLint.lint(List.of(records));
  }
}
