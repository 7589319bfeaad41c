package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"report-id":"~ one"} | {"report-id":"~ one"}
          a\u001F\u008B         | a\\x1f\\x8b
          \\x1f                 | \\\\x1f
          a\u0000b              | a\\x00b
          a\u001B[2J            | a\\x1b[2J
          \u00FF\u007F          | \\xff\\x7f
          ``                    | ``
          """)
  void showsBytesAsTextThatIsSafeAnywhere(String bytes, String preview) {
    assertThat(Preview.of(bytes.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(preview);
  }
}
