package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.intake.Gzips.gzip;
import static org.tlsrpt.collector.intake.Probes.NONCE;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** A probe is answered and not stored; what only looks like one is a report. */
@CollectorTest
class ProbedTest {

  private static final String HEADER = "Tlsrpt-Probe";

  @Autowired Http http;

  @ParameterizedTest
  @ValueSource(strings = {"/v1/tlsrpt", "/v1/tlsrpt/example.com", "/v1/tlsrpt/example.com/"})
  void answersAProbe(String path) {
    var answer = http.post(path, Probes.body(NONCE), HEADER, NONCE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).startsWith("application/json");
    assertThat(answer.text()).isEqualTo("{\"status\":\"probe\",\"nonce\":\"" + NONCE + "\"}");
  }

  @Test
  void storesNoProbe() {
    var before = http.getAsAdmin("/v1/reports").json().get("items").size();

    http.post("/v1/tlsrpt/probe.example", Probes.body(NONCE), HEADER, NONCE);

    assertThat(http.getAsAdmin("/v1/reports").json().get("items").size()).isEqualTo(before);
    assertThat(http.getAsAdmin("/v1/reports?domain=probe.example").json().get("items").isEmpty())
        .isTrue();
  }

  @Test
  void takesTheSameBytesWithoutTheHeaderForAReport() {
    var answer = http.post("/v1/tlsrpt", Probes.body("f".repeat(32)));

    assertThat(answer.status()).isEqualTo(201);
  }

  static Stream<Arguments> nearProbes() {
    var body = Probes.body(NONCE);
    return Stream.of(
        Arguments.of("another nonce", "f".repeat(32), body),
        Arguments.of("no nonce", "", body),
        Arguments.of("a short nonce", "0123", Probes.body("0123")),
        Arguments.of(
            "upper case", "0123456789ABCDEF".repeat(2), Probes.body("0123456789ABCDEF".repeat(2))),
        Arguments.of("a nonce with more", NONCE + " ", body + "\n"),
        Arguments.of("a line end more", NONCE, body + "\n"),
        Arguments.of("a space more", NONCE, body.replace(":", ": ")),
        Arguments.of("another window", NONCE, body.replace("1970", "2026")),
        Arguments.of("another organization", NONCE, body.replace("tlsrpt-collector", "Company-X")),
        Arguments.of("a policy", NONCE, body.replace("[]", "[{\"policy\":{}}]")),
        Arguments.of("a member more", NONCE, body.replace("[]}", "[],\"x\":1}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nearProbes")
  void takesWhatOnlyLooksLikeAProbeForAReport(String what, String header, String body) {
    var answer = http.post("/v1/tlsrpt/near.example", body, HEADER, header);

    assertThat(answer.json().get("status").asString()).isIn("stored", "duplicate");
  }

  @Test
  void takesACompressedProbeForAReport() {
    var answer = http.post("/v1/tlsrpt", gzip(Probes.body(NONCE)), HEADER, NONCE);

    assertThat(answer.json().get("status").asString()).isIn("stored", "duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "<html>", "{\"a\":1}"})
  void judgesWhatIsNoReportAsIfThereWereNoHeader(String body) {
    var plain = http.post("/v1/tlsrpt", body);
    var marked = http.post("/v1/tlsrpt", body.getBytes(StandardCharsets.UTF_8), HEADER, NONCE);

    assertThat(marked.status()).isEqualTo(plain.status()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void refusesAProbeForWhatIsNoDomain() {
    assertThat(http.post("/v1/tlsrpt/none", Probes.body(NONCE), HEADER, NONCE).status())
        .isEqualTo(404);
  }
}
