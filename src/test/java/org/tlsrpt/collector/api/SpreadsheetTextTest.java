package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SpreadsheetTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          =1+1                       | '=1+1
          +49 30 1                   | '+49 30 1
          -2                         | '-2
          @SUM(A1)                   | '@SUM(A1)
          \\t=1                      | '\\t'=1
          \\r=1                      | '\\r'=1
          \\n=1                      | '\\n'=1
          \\u0020=1                  | '\\u0020=1
          \\uFF1D1                   | '\\uFF1D1
          \\uFF0B1                   | '\\uFF0B1
          \\uFF0D1                   | '\\uFF0D1
          \\uFF201                   | '\\uFF201
          \\uFE661                   | '\\uFE661
          \\u00A0=1                  | '\\u00A0=1
          \\uFEFF=1                  | '\\uFEFF=1
          \\u200B\\u202E=1           | '\\u200B\\u202E=1
          a;=HYPERLINK(1)            | a;'=HYPERLINK(1)
          a\\t=1                     | a\\t'=1
          a\\n+1                     | a\\n'+1
          a\\n ;; @1                 | a\\n ;;' @1
          https://a.example/?b=c     | https://a.example/?b=c
          certificate-expired        | certificate-expired
          a@b.example                | a@b.example
          '=1                        | '=1
          1-2, -3                    | 1-2, -3
          caf\\u00E9                 | caf\\u00E9
          """)
  void putsAnApostropheBeforeWhatWouldRun(String text, String harmless) {
    assertThat(SpreadsheetText.harmless(unescaped(text))).isEqualTo(unescaped(harmless));
  }

  private static String unescaped(String text) {
    return new JsonMapper().readValue('"' + text + '"', String.class);
  }
}
