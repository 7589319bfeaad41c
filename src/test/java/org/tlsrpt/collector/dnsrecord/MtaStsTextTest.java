package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TXT records at {@code _mta-sts} (RFC 8461 §3.1), several of them divided by {@code &&}. */
class MtaStsTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=STSv1; id=20160831085700Z;                   | 20160831085700Z
          v=STSv1;id=1                                   | 1
          v=STSv1; id=1; new_field=x.y/z                 | 1
          v=STSv1; new_field=x; id=1                     | 1
          v=STSv1; id=1; id=2                            | 1
          v=STSv1; id=aB345678901234567890123456789012   | aB345678901234567890123456789012
          v=spf1 -all && v=STSv1; id=1 && other          | 1
          v=STSv2; id=9 && v=STSv1; id=1                 | 1
          """)
  void readsTheIdAndFindsNothingWrong(String texts, String id) {
    var findings = new Findings();

    assertThat(read(texts, findings).id()).isEqualTo(id);
    assertThat(findings.toList()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=STSv1;                                     | has no id=
          v=STSv1; ID=1                                | has no id=
          v=STSv1; id=                                 | malformed field: id=
          v=STSv1; id=2016-08-31                       | 1 to 32 letters and digits
          v=STSv1; id=aB3456789012345678901234567890123 | 1 to 32 letters and digits
          v=STSv1; id=1; ; x=1                         | malformed field
          v=STSv1; id = 1                              | malformed field: id = 1
          v=STSv1; id=1 && v=STSv1; id=1               | 2 TXT records at _mta-sts begin with v=STSv1;
          v=STSv1 ; id=1                               | begins nearly like
          v=stsv1; id=1                                | begins nearly like
          V=STSv1; id=1                                | begins nearly like
          """)
  void finds(String texts, String message) {
    var findings = new Findings();
    read(texts, findings);

    assertThat(findings.toList())
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.message()).contains(message);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=spf1 -all", "anything", "v=TLSRPTv1; rua=mailto:a@example.com"})
  void passesOverWhatHasNothingToDoWithIt(String text) {
    var findings = new Findings();

    assertThat(read(text, findings)).isEqualTo(new MtaStsText.Read(null, null));
    assertThat(findings.toList()).isEmpty();
  }

  private static MtaStsText.Read read(String texts, Findings findings) {
    List<String> each = Arrays.asList(texts.split(" && "));
    return MtaStsText.read(each, findings);
  }
}
