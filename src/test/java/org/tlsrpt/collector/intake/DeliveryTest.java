package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.tlsrpt.collector.intake.Gzips.bomb;
import static org.tlsrpt.collector.intake.Gzips.gzip;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** What senders get to see, by HTTP. */
@CollectorTest
@TestPropertySource(
    properties = {
      "tlsrpt.intake.domains=example.com, Bücher.example",
      "tlsrpt.intake.max-body-size=100KB",
      "tlsrpt.intake.max-inflated-size=1MB"
    })
class DeliveryTest {

  private static final String REPORT =
      """
      {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z",
       "end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"tls@sender.example","report-id":"1",
       "policies":[{"policy":{"policy-type":"sts","policy-string":["mode: enforce"],
       "policy-domain":"example.com"},"summary":{"total-successful-session-count":7,
       "total-failure-session-count":0}}]}""";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
  }

  @Test
  void storesAReport() {
    var answer = http.post("/v1/tlsrpt", gzip(REPORT), "Content-Type", "application/tlsrpt+gzip");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.json().get("status").asString()).isEqualTo("stored");
    assertThat(answer.json().get("notes").isEmpty()).isTrue();
    assertThat(answer.header("location"))
        .isEqualTo("/v1/reports/" + answer.json().get("id").asString());
    assertThat(answer.json().get("id").asString())
        .isEqualTo(ContentId.of(REPORT.getBytes(StandardCharsets.UTF_8)).toString());
    assertThat(http.getAsAdmin(answer.header("location")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/tlsrpt",
        "/v1/tlsrpt/",
        "/v1/tlsrpt/example.com",
        "/v1/tlsrpt/EXAMPLE.com.",
        "/v1/tlsrpt/example.com/",
        "/v1/tlsrpt/xn--bcher-kva.example",
        "/v1/tlsrpt/b%C3%BCcher.example"
      })
  void recognisesTheSameReport(String path) {
    http.post("/v1/tlsrpt", gzip(REPORT));

    var plain = http.post(path, REPORT);
    var compressed = http.post(path, gzip(gzip(REPORT)));

    assertThat(plain.status()).as(plain.toString()).isEqualTo(200);
    assertThat(plain.json().get("status").asString()).isEqualTo("duplicate");
    assertThat(compressed.status()).isEqualTo(200);
    assertThat(compressed.json().get("id")).isEqualTo(plain.json().get("id"));
    assertThat(jdbc.queryForObject("select count(*) from report", Integer.class)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "application/tlsrpt+gzip",
    "application/tlsrpt+json",
    "application/tlsrpt",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/html",
    "image/png",
    ";;;",
    "''",
  })
  void takesAnyMediaType(String type) {
    var answer =
        type.isEmpty()
            ? http.post("/v1/tlsrpt", gzip(REPORT))
            : http.post("/v1/tlsrpt", gzip(REPORT), "Content-Type", type, "Accept", "image/png");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.type()).startsWith("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "identity", "br", "gzip, gzip", "nonsense"})
  void believesTheBytesAndNotTheEncoding(String encoding) {
    assertThat(http.post("/v1/tlsrpt", gzip(REPORT), "Content-Encoding", encoding).status())
        .isEqualTo(201);
    assertThat(http.post("/v1/tlsrpt", REPORT, "Content-Encoding", encoding).status())
        .isEqualTo(200);
  }

  static Stream<Arguments> refusals() {
    var gzip = gzip(REPORT);
    return Stream.of(
        arguments("nothing", new byte[0], 400, "empty"),
        arguments("HTML", utf8("<html>"), 400, "unknown-format"),
        arguments("words", utf8("hello"), 400, "unknown-format"),
        arguments("cut gzip", Arrays.copyOf(gzip, gzip.length - 3), 400, "unreadable"),
        arguments(
            "wrong checksum", Gzips.with(gzip, -8, ~gzip[gzip.length - 8]), 400, "unreadable"),
        arguments("gzip of HTML", gzip("<html>"), 400, "unreadable"),
        arguments("gzip of nothing", gzip(""), 400, "unreadable"),
        arguments("cut JSON", utf8(REPORT.substring(0, 200)), 400, "unreadable"),
        arguments("two documents", utf8(REPORT + REPORT), 400, "unreadable"),
        arguments("nested", utf8("[".repeat(100_000)), 400, "unreadable"),
        arguments("UTF-16", REPORT.getBytes(StandardCharsets.UTF_16), 400, "unreadable"),
        arguments("other JSON", utf8("{\"a\":1}"), 422, "not-a-report"),
        arguments("null", utf8("null"), 422, "not-a-report"),
        arguments("a number", utf8("1"), 422, "not-a-report"),
        arguments("an empty array", utf8("[]"), 422, "not-a-report"),
        arguments("a bomb", bomb(90_000_000, '\0'), 413, "report-too-large"),
        arguments("a bomb of blanks", bomb(90_000_000, ' '), 413, "report-too-large"),
        arguments("a body too large", new byte[102_401], 413, "body-too-large"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("refusals")
  void answersByTheTable(String what, byte[] body, int status, String type) {
    var answer = http.post("/v1/tlsrpt", body);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().get("type").asString())
        .isEqualTo("urn:tlsrpt-collector:problem:" + type);
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(answer.json().get("title").asString()).isNotBlank();
    assertThat(answer.json().get("detail").asString()).endsWith(".");
    assertThat(answer.bytes()).hasSizeLessThan(1_024);
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("org.tlsrpt.collector");
    assertThat(http.post("/v1/tlsrpt", REPORT).status()).as("a good report behind").isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/tlsrpt/example.org",
        "/v1/tlsrpt/localhost",
        "/v1/tlsrpt/a..b",
        "/v1/tlsrpt/%20",
        "/v1/tlsrpt/sub.example.com",
        "/v1/tlsrpt/example.com/more"
      })
  void doesNotServeOtherDomains(String path) {
    var answer = http.post(path, REPORT);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
    assertThat(answer.type()).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS"})
  void answersOtherMethods(String method) {
    var answer = http.send(method, "/v1/tlsrpt/example.com", BodyPublishers.ofString("x"));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD, POST");
    assertThat(answer.header("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET, /v1/tlsrpt", "HEAD, /v1/tlsrpt", "GET, /v1/tlsrpt/example.com"})
  void hasAFewWordsForPeople(String method, String path) {
    var answer = http.send(method, path, BodyPublishers.noBody(), "Accept", "text/html");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).startsWith("text/plain");
    if (method.equals("GET")) {
      assertThat(answer.text()).contains("RFC 8460");
    }
  }

  @Test
  void storesTextsThatPostgresWouldRefuse() {
    var hostile = REPORT.replace("Sender", "S\\u0000\\ud800\\udc00\\ud800\\u001b[2J");

    var answer = http.post("/v1/tlsrpt", hostile);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    var name = jdbc.queryForObject("select organization_name from report", String.class);
    assertThat(name).startsWith("S").doesNotContain("\u0000").doesNotContain("\u001b");
    assertThat(answer.json().get("notes").size()).isPositive();
  }

  @Test
  void recordsWhereItCameFrom() {
    http.post(
        "/v1/tlsrpt/example.com",
        REPORT,
        "User-Agent",
        "uploader/1.0",
        "X-Forwarded-For",
        "203.0.113.9");

    var row = jdbc.queryForMap("select host(source_address) as ip, * from report");
    assertThat(row)
        .containsEntry("ip", "127.0.0.1")
        .containsEntry("user_agent", "uploader/1.0")
        .containsEntry("channel", "https")
        .containsEntry("recipient_domain", "example.com");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
