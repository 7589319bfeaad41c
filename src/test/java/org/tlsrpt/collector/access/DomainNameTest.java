package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsrpt.collector.report.Domains;

/** A limit to a domain finds the reports about it. */
class DomainNameTest {

  @ParameterizedTest
  @CsvSource({
    "example.com,          example.com",
    "Example.COM.,         example.com",
    "' example.com ',      example.com",
    "bücher.example,       xn--bcher-kva.example",
    "BÜCHER.example,       xn--bcher-kva.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "_tls.example.com,     _tls.example.com",
    "localhost,            localhost",
  })
  void writesDomainsTheWayTheyAreStored(String given, String stored) {
    assertThat(DomainName.of(given)).contains(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a..b",
        ".a",
        "*.example.com",
        "a b",
        "a/b",
        "a@b",
        "a\0b",
        "faß.example",
        "a\u200cb.example",
        "a:25",
        "[192.0.2.1]",
        "a%",
        "a_b'c"
      })
  void takesNothingElse(String given) {
    assertThat(DomainName.of(given)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "EXAMPLE.com.",
        "example.com..",
        "bücher.example",
        "faß.example",
        "aпple.com",
        "пример.испытание",
        "例え。テスト",
        "ｅｘａｍｐｌｅ.com",
        "-a.example",
        "a-.example",
        "a_.b",
        "xn--",
        "xn--zzzzzzzz",
        "192.0.2.1",
        "1",
        "a.\u0131.b",
        "\u212a.example",
        "a\u00adb.example",
        "\ud800.example",
        "ẞ.example",
        "ς.example",
        " x ",
        "a\u3002b",
        "x.",
        "x..y"
      })
  void agreesWithTheReaderOfReports(String given) {
    assertThat(DomainName.of(given)).isEqualTo(Optional.ofNullable(Domains.aLabels(given)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 62, 63, 64, 100})
  void agreesAboutLengthsOfLabels(int length) {
    var given = "a".repeat(length) + ".example";
    assertThat(DomainName.of(given)).isEqualTo(Optional.ofNullable(Domains.aLabels(given)));
  }

  @ParameterizedTest
  @ValueSource(ints = {125, 126, 127, 128, 500})
  void agreesAboutLengthsOfNames(int labels) {
    var given = "a.".repeat(labels) + "b";
    assertThat(DomainName.of(given)).isEqualTo(Optional.ofNullable(Domains.aLabels(given)));
  }
}
