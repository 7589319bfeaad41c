package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.ordinary;
import static org.tlsrpt.collector.report.Documents.readAny;
import static org.tlsrpt.collector.report.Documents.readReport;
import static org.tlsrpt.collector.report.Documents.with;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;

class EncodingsTest {

  @Test
  void ignoresAByteOrderMark() {
    assertThat(Documents.codes(Documents.read("\uFEFF" + ordinary().json())))
        .containsExactly("byte-order-mark");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void isNotJsonInOtherEncodings(String charset) {
    var document = ordinary().json().getBytes(Charset.forName(charset));

    assertThat(readAny(document))
        .isEqualTo(new Reading.NotJson("The document is not in UTF-8 (RFC 8259 §8.1)."));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # bytes,      what is stored,     note
          E9,           M\uFFFDx,           encoding-invalid
          ED A0 80,     M\uFFFDx,           encoding-invalid
          C0 80,        M\uFFFD\uFFFDx,     encoding-invalid
          F4 90 80 80,  M\uFFFD\uFFFD\uFFFD\uFFFDx, encoding-invalid
          C3 A9,        Méx,
          F0 9F 93 AB,  M\uD83D\uDCEBx,
          """)
  void repairsBytesThatAreNotUtf8(String bytes, String stored, String code) {
    var around = with("organization-name", "\"M|x\"").json().split("\\|", -1);
    var document = new ByteArrayOutputStream();
    document.writeBytes(around[0].getBytes(StandardCharsets.UTF_8));
    for (var octet : bytes.split(" ", -1)) {
      document.write(Integer.parseInt(octet, 16));
    }
    document.writeBytes(around[1].getBytes(StandardCharsets.UTF_8));

    var reading = readReport(document.toByteArray());

    assertThat(reading.report().organizationName()).isEqualTo(stored);
    assertThat(Documents.codes(reading)).isEqualTo(code == null ? List.of() : List.of(code));
  }

  @Test
  void refusesWhatIsMostlyNotUtf8() {
    var around = with("organization-name", "\"|\"").json().split("\\|", -1);
    var document = new ByteArrayOutputStream();
    document.writeBytes(around[0].getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 200_000; i++) {
      document.write(0xE9);
    }
    document.writeBytes(around[1].getBytes(StandardCharsets.UTF_8));

    assertThat(readAny(document.toByteArray()))
        .isEqualTo(new Reading.NotJson("The document is not in UTF-8 (RFC 8259 §8.1)."));
  }

  @Test
  void acceptsUnescapedControlCharactersAsInTheExampleOfTheRfc() {
    var reading = with("additional-information", "\"https://example.net/\n\tr?id=1\"").read();

    assertThat(reading.report().policies().getFirst().failureDetails().getFirst())
        .returns("https://example.net/ \tr?id=1", FailureDetail::additionalInformation);
    assertThat(Documents.codes(reading)).containsExactly("control-unescaped", "control-character");
  }
}
