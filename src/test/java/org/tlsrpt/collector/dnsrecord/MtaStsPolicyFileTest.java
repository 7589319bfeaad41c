package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policy files (RFC 8461 §3.2), their lines divided by a slash. */
class MtaStsPolicyFileTest {

  private static final String SOUND =
      "version: STSv1/mode: enforce/mx: mx.example.com/max_age: 604800";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: STSv1/mode: enforce/mx: mx.example.com/max_age: 604800            | enforce | mx.example.com                | 604800
          version: STSv1/mode: enforce/mx: a.example/mx: *.b.example/max_age: 86400  | enforce | a.example,*.b.example         | 86400
          version: STSv1/mode: none/max_age: 0                                      | none    | ''                            | 0
          max_age: 86400/mx: A.Example/mode: testing/version: STSv1                 | testing | a.example                     | 86400
          version:STSv1/mode:enforce/mx:a.example/max_age:604800                    | enforce | a.example                     | 604800
          version: STSv1 /mode: enforce/mx: a.example  /max_age: 31557600/          | enforce | a.example                     | 31557600
          version: STSv1/mode: enforce/mx: a.example/max_age: 604800/x-new: a: b    | enforce | a.example                     | 604800
          version: STSv1/mode: enforce/mode: none/mx: a.example/max_age: 604800     | enforce | a.example                     | 604800
          """)
  void reads(String lines, String mode, String mx, long maxAge) {
    var findings = new Findings();

    assertThat(read(lines, findings))
        .isEqualTo(
            new MtaSts.Policy(mode, mx.isEmpty() ? List.of() : List.of(mx.split(",")), maxAge));
    assertThat(findings.hasErrors()).isFalse();
  }

  @Test
  void readsLinesThatEndLikeDosAndUnix() {
    var file = SOUND.replace("/", "\r\n") + "\n";

    assertThat(MtaStsPolicyFile.read(file, new Findings())).isNotNull();
  }

  @Test
  void hasNothingToSayOfASoundPolicy() {
    var findings = new Findings();
    read(SOUND, findings);

    assertThat(findings.toList()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                   | version: STSv1
          <html>/<body>Not found</body>                                        | no key: value
          mode: enforce/mx: a.example/max_age: 604800                          | version: STSv1
          version: STSv2/mode: enforce/mx: a.example/max_age: 604800           | version: STSv1
          version: STSv1/mx: a.example/max_age: 604800                         | mode: enforce, mode: testing or mode: none
          version: STSv1/mode: Enforce/mx: a.example/max_age: 604800           | mode: enforce, mode: testing or mode: none
          version: STSv1/mode: enforce/max_age: 604800                         | names no mx
          version: STSv1/mode: enforce/mx: a.example                           | max_age: with seconds
          version: STSv1/mode: enforce/mx: a.example/max_age: 31557601         | 0 to 31557600
          version: STSv1/mode: enforce/mx: a.example/max_age: -1               | 0 to 31557600
          version: STSv1/mode: enforce/mx: a.example/max_age: 1e6              | 0 to 31557600
          version: STSv1/mode: enforce/mx: a.example/max_age: 99999999999999   | 0 to 31557600
          version: STSv1/mode: enforce/mx: a_b..example/max_age: 604800        | has an empty label
          version: STSv1/mode: enforce/mx: *.*.example/max_age: 604800         | contains "*"
          version: STSv1/mode: enforce/mx: mail.*.example/max_age: 604800      | contains "*"
          version: STSv1/mode: enforce/mx: 10 a.example/max_age: 604800        | contains " "
          version: STSv1/Mode: enforce/mx: a.example/max_age: 604800           | Write Mode in lower case
          version: STSv1/mode: enforce/mx: a.example/max_age: 604800/oops      | no key: value
          """)
  void refuses(String lines, String message) {
    var findings = new Findings();

    assertThat(read(lines, findings)).isNull();
    assertThat(findings.toList())
        .anySatisfy(finding -> assertThat(finding.message()).contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: STSv1/mode: testing/mx: a.example/max_age: 604800              | INFO    | mode is testing
          version: STSv1/mode: none/max_age: 604800                               | INFO    | mode is none
          version: STSv1/mode: enforce/mx: a.example/max_age: 3600                | WARNING | max_age is 3600 s
          version: STSv1/mode: enforce/mode: none/mx: a.example/max_age: 604800   | WARNING | says mode twice
          """)
  void remarks(String lines, Severity severity, String message) {
    var findings = new Findings();
    read(lines, findings);

    assertThat(findings.toList())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.com,   mx.example.com,   true",
    "mx.example.com,   MX.Example.COM,   true",
    "mx.example.com,   mx2.example.com,  false",
    "*.example.com,    mx.example.com,   true",
    "*.example.com,    example.com,      false",
    "*.example.com,    a.b.example.com,  false",
    "*.example.com,    mx.badexample.com, false",
    "example.com,      mx.example.com,   false",
    "*.com,            example.com,      true",
  })
  void allowsAsTheStandardHasIt(String pattern, String host, boolean allowed) {
    assertThat(MtaStsPolicyFile.allows(pattern, host)).isEqualTo(allowed);
  }

  @Test
  void neverThrowsOnAnyText() {
    var random = new Random(8461);
    var pieces = SOUND.split("(?<=[:/ ])");
    for (int at = 0; at < 5_000; at++) {
      var text = new StringBuilder();
      for (int piece = random.nextInt(12); piece > 0; piece--) {
        text.append(pieces[random.nextInt(pieces.length)]);
        text.append((char) random.nextInt(0x300));
      }
      MtaStsPolicyFile.read(text.toString().replace('/', '\n'), new Findings());
    }
  }

  @Test
  void readsTheLongestFileQuickly() {
    var findings = new Findings();
    MtaStsPolicyFile.read("mx: a.example\n".repeat(4_681), findings);
    MtaStsPolicyFile.read("x\n".repeat(32_768), findings);

    assertThat(findings.toList()).hasSizeLessThan(250);
  }

  private static MtaSts.Policy read(String lines, Findings findings) {
    return MtaStsPolicyFile.read(lines.replace('/', '\n').replace("<\n", "</"), findings);
  }
}
