package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginReadsTest {

  @Test
  void areNotWantedUnlessASiteIsNamed() {
    assertThat(new CrossOriginReads(List.of()).areWanted()).isFalse();
    assertThat(new CrossOriginReads(List.of("https://a.example")).areWanted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example",
        "http://localhost:3000",
        "https://192.0.2.1",
        "http://[::1]:1"
      })
  void takeOriginsAsBrowsersSendThem(String origin) {
    assertThat(new CrossOriginReads(List.of(origin)).allowedOrigins()).containsExactly(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "",
        "a.example",
        "https://*.example",
        "https://a.example/",
        "https://A.example",
        "ftp://a.example",
        "https://a.example:port"
      })
  void refuseAtTheStartWhatIsNoOrigin(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossOriginReads(List.of(text)))
        .withMessageContaining("tlsrpt.cors.allowed-origins");
  }
}
