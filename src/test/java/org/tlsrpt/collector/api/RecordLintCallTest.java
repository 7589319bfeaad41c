package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

@CollectorTest
class RecordLintCallTest {

  @Autowired Http http;

  @Test
  void findsNothingInAGoodRecordBesideOthers() {
    var answer =
        http.post(
            "/v1/record/lint",
            "{\"records\":[\"v=spf1 -all\",\"v=TLSRPTv1; rua=https://r.example/x\"]}");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactly("valid", "record", "rua", "extensions", "findings");
    assertThat(answer.json().get("valid").asBoolean()).isTrue();
    assertThat(answer.json().get("record").asString())
        .isEqualTo("v=TLSRPTv1; rua=https://r.example/x");
    assertThat(answer.json().get("rua").toString()).isEqualTo("[\"https://r.example/x\"]");
  }

  @Test
  void saysWhatToPutRight() {
    var answer =
        http.post("/v1/record/lint", "{\"records\":[\"v=TLSRPTv1; rua=tls@example.com\"]}").json();

    assertThat(answer.get("valid").asBoolean()).isFalse();
    var finding = answer.get("findings").get(0);
    assertThat(finding.propertyNames()).containsExactly("severity", "rule", "path", "message");
    assertThat(finding.get("severity").asString()).isEqualTo("error");
    assertThat(finding.get("message").asString()).contains("mailto:tls@example.com");
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(http.post("/v1/record/lint", "{\"records\":[]}").json().get("valid").asBoolean())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "[]",
        "null",
        "{\"records\":\"x\"}",
        "{\"records\":[1]}",
        "{\"records\":[\"x\"",
        "{\"records\":[null]}"
      })
  void namesTheShapeItNeeds(String body) {
    var answer = http.post("/v1/record/lint", body);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.json().get("parameter").asString()).isEqualTo("records");
  }

  @Test
  void answersAMegabyteAndRefusesMore() {
    var large = "{\"records\":[\"v=TLSRPTv1; rua=" + "a".repeat(1_000_000) + "\"]}";

    assertThat(http.post("/v1/record/lint", large).json().get("valid").asBoolean()).isFalse();
    assertThat(http.post("/v1/record/lint", " ".repeat(3_000_000)).status()).isEqualTo(413);
  }

  /** "Aa" and "BB" have the same hash: thousands of such names once filled a table for good. */
  @Test
  void answersTheNextCallerAfterNamesMadeToCollide() {
    var members =
        IntStream.range(0, 1 << 14)
            .mapToObj(
                n ->
                    IntStream.range(0, 14)
                        .mapToObj(bit -> (n >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
            .map(name -> "\"" + name + "\":1")
            .collect(Collectors.joining(","));
    http.post("/v1/record/lint", "{" + members + "}");

    assertThat(http.post("/v1/record/lint", "{\"records\":[\"x\"]}").status()).isEqualTo(200);
  }
}
