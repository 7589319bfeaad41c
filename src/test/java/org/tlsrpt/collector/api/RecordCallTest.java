package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class RecordCallTest {

  @Autowired Http http;

  @Test
  void pointsHere() {
    var record = http.get("/v1/record?domain=example.com").json();

    assertThat(record.propertyNames())
        .containsExactly("name", "type", "ttl", "value", "strings", "zone", "notes");
    assertThat(record.get("name").asString()).isEqualTo("_smtp._tls.example.com.");
    assertThat(record.get("type").asString()).isEqualTo("TXT");
    assertThat(record.get("ttl").asInt()).isEqualTo(3600);
    assertThat(record.get("value").asString())
        .isEqualTo("v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com");
    assertThat(record.get("strings").size()).isEqualTo(1);
    assertThat(record.get("zone").asString())
        .isEqualTo(
            "_smtp._tls.example.com. 3600 IN TXT"
                + " \"v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com\"");
    record
        .get("notes")
        .forEach(note -> assertThat(note.get("severity").asString()).isIn("info", "warning"));
  }

  @Test
  void pointsToThePathOfTheDomainInItsAsciiForm() {
    var record = http.get("/v1/record?domain=B%C3%BCcher.Example.").json();

    assertThat(record.get("value").asString()).endsWith("/v1/tlsrpt/xn--bcher-kva.example");
  }

  @Test
  void pointsWhereItIsTold() {
    var record =
        http.get(
                "/v1/record?domain=example.com&rua=mailto:tls@example.com"
                    + "&rua=https://r.example/a,b&ttl=60")
            .json();

    assertThat(record.get("value").asString())
        .isEqualTo("v=TLSRPTv1; rua=mailto:tls@example.com,https://r.example/a%2Cb");
    assertThat(record.get("ttl").asInt()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "zone",
        "route53",
        "cloudflare",
        "terraform",
        "nsupdate",
        "azure",
        "google"
      })
  void comesInTheShapesPeoplePaste(String format) {
    var answer = http.get("/v1/record?domain=example.com&format=" + format);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).startsWith("text/plain");
    assertThat(answer.text())
        .contains("v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 422, domain",
    "domain=, 422, domain",
    "domain=*.example.com, 422, domain",
    "domain=192.0.2.1, 422, domain",
    "domain=a%00b.example, 422, domain",
    "domain=-a.example, 422, domain",
    "domain=a.example&domain=b.example, 422, domain",
    "domain=example.com&rua=, 422, rua",
    "domain=example.com&rua=http://r.example, 422, rua",
    "domain=example.com&rua=tls@example.com, 422, rua",
    "domain=example.com&ttl=-1, 400, ttl",
    "domain=example.com&ttl=soon, 400, ttl",
    "domain=example.com&format=xml, 400, format",
    "domain=example.com&colour=red, 400, colour",
  })
  void namesWhatIsWrong(String query, int status, String parameter) {
    var answer = http.get("/v1/record?" + query);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
  }

  @Test
  void refusesWhatIsFarTooMuch() {
    assertThat(http.get("/v1/record?domain=" + "a".repeat(5_000)).status()).isEqualTo(422);
    assertThat(http.get("/v1/record?domain=example.com" + "&rua=https:r".repeat(400)).status())
        .isEqualTo(422);
  }

  @Nested
  @TestPropertySource(properties = "tlsrpt.public-url=http://localhost:8080")
  class BeforeThereIsAnHttpsAddress {

    @Test
    void saysWhatIsMissing() {
      var record = http.get("/v1/record?domain=example.com").json();

      assertThat(record.get("value").asString())
          .isEqualTo("v=TLSRPTv1; rua=http://localhost:8080/v1/tlsrpt/example.com");
      assertThat(record.get("notes").get(0).get("severity").asString()).isEqualTo("error");
      assertThat(record.get("notes").get(0).get("message").asString())
          .contains("tlsrpt.public-url");
    }
  }
}
