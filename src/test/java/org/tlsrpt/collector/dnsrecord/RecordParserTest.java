package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Good and bad lines after the grammar of RFC 8460 §3, each with its reason. */
class RecordParserTest {

  private static final String GOOD = "v=TLSRPTv1; rua=mailto:tlsrpt@example.net";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=TLSRPTv1;rua=mailto:reports@example.com",
        "v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt",
        "v=TLSRPTv1; rua=https://reporting.example.com",
        "v=TLSRPTv1;\t rua=mailto:a@example.com",
        "v=TLSRPTv1; rua=mailto:a@example.com;",
        "v=TLSRPTv1; rua=mailto:a@example.com \t; \t",
        "v=TLSRPTv1; rua=mailto:a@example.com,https://b.example/",
        "v=TLSRPTv1; rua=https://a.example/%2C%21%3B%2c",
        "v=TLSRPTv1; rua=https://a.example/?tenant=7&key=a=b",
        "v=TLSRPTv1; rua=https://a.example:8443/x/y?z",
        "v=TLSRPTv1; rua=https://[2001:db8::1]:8443/",
        "v=TLSRPTv1; rua=https://192.0.2.1/",
        "v=TLSRPTv1; rua=https://under_score.example./",
        "v=TLSRPTv1; rua=mailto:o'brien+tls.rpt=x@example.com",
        "v=TLSRPTv1; rua=mailto:a@%5B192.0.2.1%5D",
        "v=TLSRPTv1; rua=mailto:%22a%2C%20b%22@example.com",
        "v=TLSRPTv1; rua=mailto:a@sub.xn--bcher-kva.example"
      })
  void findsNothingWrong(String text) {
    var result = lint(text);
    assertThat(result.findings()).allMatch(f -> f.severity() == Severity.INFO);
    assertThat(result.valid()).isTrue();
    assertThat(result.record()).isEqualTo(text);
    assertThat(TlsRptRecord.parse(text)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          v=TLSRPTv1;|records[0]:11|has no rua=
          v=TLSRPTv1; |records[0]:12|has no rua=
          v=TLSRPTv1; ext=1|records[0]:17|has no rua=
          v=TLSRPTv1;; rua=mailto:a@b.example|records[0]:11|nothing between two semicolons
          v=TLSRPTv1; rua=mailto:a@b.example;;|records[0]:35|nothing between two semicolons
          v=TLSRPTv1; rua=mailto:a@b.example; ; x=1|records[0]:35|nothing between two semicolons
          v=TLSRPTv1; rua=mailto:a@b.example |records[0]:34|White space at the end
          v=TLSRPTv1; rua=mailto:a@b.example\\t|records[0]:34|White space at the end
          v=TLSRPTv1; rua =mailto:a@b.example|records[0]:16|White space around =
          v=TLSRPTv1; rua= mailto:a@b.example|records[0]:16|White space after rua=
          v=TLSRPTv1; RUA=mailto:a@b.example|records[0]:12|lower case
          v=TLSRPTv1; Rua=mailto:a@b.example|records[0]:12|lower case
          v=TLSRPTv1; rua=|records[0]:16|A destination is missing here
          v=TLSRPTv1; rua=mailto:a@b.example,|records[0]:35|A destination is missing here
          v=TLSRPTv1; rua=,mailto:a@b.example|records[0]:16|A destination is missing here
          v=TLSRPTv1; rua=mailto:a@b.example,,mailto:c@b.example|records[0]:35|A destination is missing
          v=TLSRPTv1; mailto:a@b.example|records[0]:12|rua= is missing in front
          v=TLSRPTv1; rua=mailto:a@b.example; mailto:c@b.example|records[0]:36|by a comma, not by a semi
          v=TLSRPTv1; rua=https://b.example/x;y|records[0]:36|a semicolon in a URI is %3B
          v=TLSRPTv1; rua=https://b.example/x;y?z=1|records[0]:37|a semicolon in a URI is %3B
          v=TLSRPTv1; rua=mailto:a@b.example; x|records[0]:36|must have the form name=value
          v=TLSRPTv1; rua=mailto:a@b.example; x=|records[0]:37|has no value
          v=TLSRPTv1; rua=mailto:a@b.example; =x|records[0]:36|A field's name consists of
          v=TLSRPTv1; rua=mailto:a@b.example; x =1|records[0]:38|White space around =
          v=TLSRPTv1; rua=mailto:a@b.example; x= 1|records[0]:37|White space around =
          v=TLSRPTv1; rua=mailto:a@b.example; x=1=2|records[0]:39|cannot contain "="
          v=TLSRPTv1; rua=mailto:a@b.example; x=1 2|records[0]:39|cannot contain " "
          v=TLSRPTv1; rua=mailto:a@b.example; x=é|records[0]:38|cannot contain "é" (U+00E9)
          v=TLSRPTv1; rua=mailto:a@b.example; -x=1|records[0]:36|A field's name consists of
          v=TLSRPTv1; rua=mailto:a@b.example; _x=1|records[0]:36|A field's name consists of
          v=TLSRPTv1; rua=mailto:a@b.example; .x=1|records[0]:36|A field's name consists of
          v=TLSRPTv1; rua=mailto:a@b.example; x:y=1|records[0]:37|A field's name consists of
          v=TLSRPTv1; rua=mailto:a@b.example; a23456789012345678901234567890123=1|records[0]:36|most 32
          v=TLSRPTv1;\\\\ rua=mailto:a@b.example|records[0]:11|A field's name consists of
          v=TLSRPTv1; rua=mailto:a@b.example!10m|rua[0]|size limit
          v=TLSRPTv1; rua=https://b.example/a!b|rua[0]|%21
          v=TLSRPTv1; rua=mailto:a@b.example mailto:c@b.example|rua[0]|by a comma, not by a space
          v=TLSRPTv1; rua=https://b.example/a b|rua[0]|no blanks
          v=TLSRPTv1; rua=a@b.example|rua[0]|mailto: is missing: write mailto:a@b.example
          v=TLSRPTv1; rua=b.example/tlsrpt|rua[0]|The scheme is missing
          v=TLSRPTv1; rua=http://b.example/|rua|no usable destination
          v=TLSRPTv1; rua=ftp://b.example/,tel:5|rua|no usable destination
          v=TLSRPTv1; rua=mailto:a@b.example"|rua[0]|literal quote
          v=TLSRPTv1; rua=mailto:a@b.example\\\\|rua[0]|literal backslash
          v=TLSRPTv1; rua=mailto:a@b.example\\n|rua[0]|"<U+000A>" is a control character
          v=TLSRPTv1; rua=mailto:ä@b.example|rua[0]|"ä" (U+00E4) is not ASCII
          v=TLSRPTv1; rua=https://b.example/%|rua[0]|two hexadecimal digits
          v=TLSRPTv1; rua=https://b.example/%2|rua[0]|two hexadecimal digits
          v=TLSRPTv1; rua=https://b.example/%2G|rua[0]|two hexadecimal digits
          v=TLSRPTv1; rua=https:///x|rua[0]|The host is missing
          v=TLSRPTv1; rua=https:b.example|rua[0]|two slashes
          v=TLSRPTv1; rua=https://b.example/#a#b|rua[0]|one # at most
          v=TLSRPTv1; rua=mailto:a@b.example%2Cc@b.example|rua[0]|One address
          v=TLSRPTv1; rua=mailto:|rua[0]|with an @ must follow
          v=TLSRPTv1; rua=mailto:?to=a@b.example|rua[0]|with an @ must follow
          v=TLSRPTv1; rua=mailto:a b@b.example|rua[0]|no blanks
          v=TLSRPTv1; rua=mailto:a..b@b.example|rua[0]|no mail address before the @
          """)
  void finds(String escaped, String path, String message) {
    var text = escaped.translateEscapes();
    var result = lint(text);
    assertThat(result.findings())
        .filteredOn(f -> f.severity() == Severity.ERROR)
        .anySatisfy(
            f -> {
              assertThat(f.path()).isEqualTo(path);
              assertThat(f.message()).contains(message);
              assertThat(f.rule()).startsWith("RFC ");
            });
    assertThat(result.valid()).isFalse();
    assertThat(result.record()).isEqualTo(text);
    assertThat(TlsRptRecord.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          v=TLSRPTv1; x=1; rua=mailto:a@b.example                     | records[0]:21 | right after the version
          v=TLSRPTv1; rua=mailto:a@b.example; rua=https://b.example/  | records[0]:40 | into one rua
          v=TLSRPTv1; rua=mailto:a@b.example, mailto:c@b.example      | records[0]:16 | space around commas
          v=TLSRPTv1; rua=mailto:a@b.example ,mailto:c@b.example      | records[0]:16 | space around commas
          v=TLSRPTv1; rua=mailto:a@b.example,mailto:a@b.example       | rua[1]        | twice
          v=TLSRPTv1; rua=MAILTO:a@b.example                          | rua[0]        | lower case, mailto
          v=TLSRPTv1; rua=https://b.example/%252C                     | rua[0]        | encoded twice
          v=TLSRPTv1; rua=mailto:a@b.example?subject=x                | rua[0]        | what follows the address
          v=TLSRPTv1; rua=mailto:a@b.example,http://b.example         | rua[1]        | http: is not supported
          v=TLSRPTv1; rua=mailto:a@b.example,tel:5                    | rua[1]        | tel: is not supported
          v=TLSRPTv1; rua=https://u:p@b.example/                      | rua[0]        | user name or password
          v=TLSRPTv1; rua=https://b.example/#x                        | rua[0]        | never reaches the server
          """)
  void warnsOfWhatSomeSenderDoesNotRead(String text, String path, String message) {
    var result = lint(text);
    assertThat(result.findings())
        .filteredOn(f -> f.severity() == Severity.WARNING)
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo(path))
        .satisfies(f -> assertThat(f.message()).contains(message));
    assertThat(result.valid()).isTrue();
  }

  @Test
  void unitesSeveralRuaFieldsAndKeepsExtensions() {
    var result =
        lint(
            "v=TLSRPTv1; a_b-c.d=1,2!3; rua=mailto:a@b.example; 0=~; rua=https://b.example/x?y=z;"
                + " a_b-c.d=4; pct=5");
    assertThat(result.valid()).isTrue();
    assertThat(result.rua()).containsExactly("mailto:a@b.example", "https://b.example/x?y=z");
    assertThat(result.extensions())
        .containsExactly(Map.entry("a_b-c.d", "1,2!3"), Map.entry("0", "~"), Map.entry("pct", "5"));
    assertThat(result.findings())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("a second time"))
        .anyMatch(m -> m.contains("a field of DMARC"));
  }

  @Test
  void takesExtensionNameOf32Characters() {
    var name = "a".repeat(32);
    assertThat(lint(GOOD + "; " + name + "=1").extensions()).containsEntry(name, "1");
  }

  @Test
  void readsOnAfterErrors() {
    var result = lint("v=TLSRPTv1; ; rua=http:x,a@b.example,mailto:a@b.example; ?; x=1");
    assertThat(result.rua()).containsExactly("http:x", "a@b.example", "mailto:a@b.example");
    assertThat(result.extensions()).containsExactly(Map.entry("x", "1"));
  }

  @Test
  void demandsNoRecordAtDestinationOfSomebodyElse() {
    assertThat(lint("v=TLSRPTv1; rua=mailto:reports@elsewhere.example").findings()).isEmpty();
  }

  @Test
  void writesWhatItReadInCanonicalForm() {
    assertThat(
            TlsRptRecord.parse("v=TLSRPTv1;x=1;rua=mailto:a@b.c , https://d.e/;rua=mailto:f@g.h"))
        .get()
        .extracting(TlsRptRecord::toText)
        .isEqualTo("v=TLSRPTv1; rua=mailto:a@b.c,https://d.e/,mailto:f@g.h; x=1");
  }

  private static LintResult lint(String text) {
    return RecordLint.lint(List.of(text));
  }
}
