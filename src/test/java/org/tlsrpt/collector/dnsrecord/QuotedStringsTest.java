package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedStringsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "v=TLSRPTv1; rua=mailto:a@b.example"                   | v=TLSRPTv1; rua=mailto:a@b.example
          "v=TLSRPTv1\\; rua=mailto:a@b.example"                 | v=TLSRPTv1; rua=mailto:a@b.example
          _smtp._tls 3600 IN TXT ( "v=TLSRP" "Tv1;" ) ; a "note" | v=TLSRPTv1;
          x TXT "a\\"b\\\\c\\195"                                | a"b\\c\u00c3
          x TXT ""                                               | ~~
          """)
  void standForTheTextOfTheRecord(String line, String text) {
    assertThat(QuotedStrings.read(line)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v=TLSRPTv1; rua=x", "\"a", "\"a\" b", "\"", "a\" \"b\\", "\"a\\\""})
  void areNotThere(String line) {
    assertThat(QuotedStrings.read(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\\", "\\1", "\"\\\"", "\" \""})
  void areReadFromAnyAmountOfThem(String part) {
    assertThat(QuotedStrings.read("\"" + part.repeat(500_000))).isNotNull();
  }
}
