package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          v=TLSRPTv1; rua=mailto:a@b.example; RUA=mailto:c@d.example | RUA=mailto:c@d.example
          v=TLSRPTv1; rua=http://a.example/                          | http://a.example/
          v=TLSRPTv1; rua=mailto:a@b.example,http://a.example        | http://a.example
          v=TLSRPTv1; rua= , mailto:a@b.example , b@d.example        | b@d.example
          v=TLSRPTv1; rua=mailto:a@b.example,,mailto:c@d.example     | ,
          v=TLSRPTv1;; rua=mailto:a@b.example                        | ;
          v=TLSRPTv1; rua =mailto:a@b.example                        | =mailto:a@b.example
          v=TLSRPTv1; rua=mailto:a@b.example; rüa=1; rua=c@d.example | üa=1
          v=TLSRPTv1; x=b@d; rua=b@d                                 | b@d
          v=TLSRPTv1; rua=mailto:a@b.example; rua=c@d.example        | c@d.example
          v=TSLRPTv1; rua=mailto:a@b.example                         | v=TSLRPTv1; rua=mailto:a@b.example
          v=TLSRPTv1;                                                | ~~
          """)
  void isTheOffendingPart(String text, String part) {
    var records = List.of(text);
    var result = RecordLint.lint(records);
    var places =
        result.findings().stream()
            .filter(finding -> finding.severity() != Severity.INFO)
            .flatMap(finding -> Place.of(finding, result, records).stream())
            .toList();

    assertThat(places).extracting(place -> text.substring(place.from(), place.to())).contains(part);
  }

  @Test
  void isTheSecondOfTwoEqualTexts() {
    var x = "x=mailto:a@a.example";
    var text = "v=TLSRPTv1; " + x + "; rua=mailto:a@a.example,mailto:a@a.example";
    var records = List.of("v=spf1 -all", text);
    var result = RecordLint.lint(records);
    var twice =
        result.findings().stream().filter(f -> f.message().contains("twice")).findFirst().get();

    assertThat(Place.of(twice, result, records))
        .contains(new Place(1, text.lastIndexOf("mailto:"), text.length()));
  }

  @Test
  void isNowhereForAFindingAboutAllOfThem() {
    var result = RecordLint.lint(List.of());

    assertThat(Place.of(result.findings().getFirst(), result, List.of())).isEmpty();
  }

  /** Whatever is judged, each destination is found where it stands and nothing is outside. */
  @Test
  void liesInsideTheText() {
    var random = new Random(8460);
    var alphabet = "ru=;, \t:a@b.!/\"\\é\uD83D\uDE00\u202E0".toCharArray();
    for (int run = 0; run < 20_000; run++) {
      var text = new StringBuilder("v=TLSRPTv1;");
      IntStream.range(0, random.nextInt(30))
          .forEach(
              i ->
                  text.append(
                      random.nextInt(6) == 0 ? "rua=" : alphabet[random.nextInt(alphabet.length)]));
      var records = List.of(text.toString());
      var result = RecordLint.lint(records);
      for (int at = 0; at < result.rua().size(); at++) {
        var finding = new Finding(Severity.INFO, "", "rua[" + at + "]", "");
        var place = Place.of(finding, result, records).orElseThrow();
        assertThat(text.substring(place.from(), place.to())).isEqualTo(result.rua().get(at));
      }
      for (var finding : result.findings()) {
        Place.of(finding, result, records)
            .ifPresent(place -> text.substring(place.from(), place.to()));
      }
    }
  }
}
