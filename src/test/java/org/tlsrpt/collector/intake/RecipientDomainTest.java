package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientDomainTest {

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "EXAMPLE.Com., example.com",
    "bücher.example, xn--bcher-kva.example",
    "_dmarc.example.com, _dmarc.example.com",
    "a-b.c1.example, a-b.c1.example",
  })
  void normalizes(String path, String domain) {
    assertThat(RecipientDomain.normalize(path)).isEqualTo(domain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "localhost",
        "..",
        "a..b",
        "-a.example",
        "a-.example",
        "a b.example",
        "<script>.example",
        "../etc.passwd",
        "a.example:80",
        "a.example/b",
        "\u0000.example"
      })
  void refusesWhatIsNoDomain(String path) {
    assertThat(RecipientDomain.normalize(path)).isNull();
  }

  @Test
  void refusesNamesAndLabelsThatAreTooLong() {
    assertThat(RecipientDomain.normalize("a".repeat(64) + ".example")).isNull();
    assertThat(RecipientDomain.normalize("a.".repeat(130) + "example")).isNull();
    assertThat(RecipientDomain.normalize("a".repeat(10_000_000))).isNull();
  }
}
