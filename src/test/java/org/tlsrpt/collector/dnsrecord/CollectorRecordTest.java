package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorRecordTest {

  @ParameterizedTest
  @CsvSource({
    "https://r.example, https://r.example/v1/tlsrpt/example.com",
    "' https://r.example// ', https://r.example/v1/tlsrpt/example.com",
    "https://r.example:8443/tls, https://r.example:8443/tls/v1/tlsrpt/example.com",
    "https://[2001:db8::1], https://[2001:db8::1]/v1/tlsrpt/example.com",
  })
  void pointsToThePathOfTheDomain(String here, String rua) {
    var record = record("example.com", here);

    assertThat(record.value()).isEqualTo("v=TLSRPTv1; rua=" + rua);
    assertThat(record.notes()).noneMatch(note -> note.severity() == Severity.ERROR);
  }

  @Test
  void saysFirstThatNoSenderCanUseItWithoutHttps() {
    var record = record("example.com", "http://localhost:8080");

    assertThat(record.value())
        .isEqualTo("v=TLSRPTv1; rua=http://localhost:8080/v1/tlsrpt/example.com");
    assertThat(record.strings()).containsExactly(record.value());
    assertThat(record.notes().getFirst().severity()).isEqualTo(Severity.ERROR);
    assertThat(record.notes().getFirst().message()).contains("https only", "tlsrpt.public-url");
  }

  @Test
  void namesOthersBesideItselfWithoutHttpsToo() {
    var here = new PublicUrl("http://localhost:8080");
    var rua = List.of("mailto:a@b.example", here.intake());
    var record = (Generated.Record) CollectorRecord.generate("example.com", rua, here, 3600);

    assertThat(record.value())
        .isEqualTo(
            "v=TLSRPTv1; rua=mailto:a@b.example,http://localhost:8080/v1/tlsrpt/example.com");
    assertThat(record.notes().getFirst().path()).isEqualTo("rua[1]");
  }

  @Test
  void excusesNoOtherDestinationWithoutHttps() {
    var here = new PublicUrl("http://localhost:8080");
    var rua = List.of(here.intake(), "http://other.example/");

    assertThat(CollectorRecord.generate("example.com", rua, here, 3600))
        .isInstanceOf(Generated.Refused.class);
  }

  @Test
  void splitsALongOneWithoutHttpsToo() {
    var record = record("a.".repeat(117) + "example", "http://localhost:8080");

    assertThat(record.strings()).hasSize(2).allMatch(string -> string.length() <= 255);
    assertThat(CharacterStrings.join(record.strings())).isEqualTo(record.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://r.example", "http://r.example"})
  void refusesWhatIsNoDomain(String here) {
    assertThat(CollectorRecord.generate("192.0.2.1", new PublicUrl(here), 3600))
        .isInstanceOfSatisfying(
            Generated.Refused.class, refused -> assertThat(refused.field()).isEqualTo("domain"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r.example",
        "ftp://r.example",
        "https://",
        "https:///v1",
        "https://r.example?x",
        "https://r.example#x",
        "https://u:p@r.example",
        "https://bücher.example",
        "https://r example"
      })
  void takesNoAddressThatNoSenderCouldUse(String here) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PublicUrl(here))
        .withMessageContaining("https://tlsrpt.example.net");
  }

  private static Generated.Record record(String domain, String here) {
    return (Generated.Record) CollectorRecord.generate(domain, new PublicUrl(here), 3600);
  }
}
