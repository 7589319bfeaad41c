package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.TestCertificate;
import org.tlsrpt.collector.testing.TestDns;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The call on a collector that serves HTTPS itself and finds itself in DNS. */
@CollectorTest
@TestPropertySource(
    properties = {
      "tlsrpt.tls.certificate=target/check-call-test/certificate.pem",
      "tlsrpt.tls.private-key=target/check-call-test/key.pem",
      "tlsrpt.dns.timeout=500ms"
    })
class RecordCheckCallTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final TestDns DNS = TestDns.start();
  private static final HttpClient CLIENT = CERTIFICATE.client(HttpClient.Version.HTTP_1_1);

  static {
    CERTIFICATE.write(
        Path.of("target/check-call-test/certificate.pem"),
        Path.of("target/check-call-test/key.pem"));
  }

  @LocalServerPort int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws Exception {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    registry.add("server.port", () -> free);
    registry.add("tlsrpt.public-url", () -> "https://localhost:" + free);
    registry.add("tlsrpt.dns.resolvers", DNS::address);
    DNS.zone()
        .with("localhost. 60 A 127.0.0.1", "example.com. 60 MX 10 mx.example.com.")
        .txt(
            "_smtp._tls.example.com.",
            3600,
            "v=TLSRPTv1; rua=mailto:a@example.net,https://localhost:%s/v1/tlsrpt/example.com"
                .formatted(free));
  }

  @AfterAll
  static void stop() {
    DNS.close();
  }

  @Test
  void needsALogin() throws Exception {
    var request = HttpRequest.newBuilder(uri("domain=example.com")).build();

    assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void answersWhatTheLintSaysAndWhatItFound() {
    var answer = get(200, "domain=example.com");

    assertThat(answer.propertyNames())
        .containsExactly(
            "domain",
            "name",
            "status",
            "valid",
            "record",
            "rua",
            "extensions",
            "findings",
            "cname",
            "ttl",
            "dnssec",
            "texts",
            "destinations",
            "mtaSts",
            "mx",
            "standing",
            "summary");
    assertThat(answer.get("status").asString()).isEqualTo("valid");
    assertThat(answer.get("valid").asBoolean()).isTrue();
    assertThat(answer.get("name").asString()).isEqualTo("_smtp._tls.example.com.");
    assertThat(answer.get("ttl").asInt()).isEqualTo(3600);
    assertThat(answer.get("dnssec").asString()).isEqualTo("not_validated");
    assertThat(answer.get("mtaSts").get("status").asString()).isEqualTo("none");
    assertThat(answer.get("mx").get("hosts").get(0).get("dane").asString()).isEqualTo("none");
    assertThat(answer.get("standing").asString()).isEqualTo("reports_without_policy");
    assertThat(answer.get("summary").asString()).startsWith("TLS-RPT without MTA-STS or DANE");
    answer
        .get("findings")
        .forEach(
            finding ->
                assertThat(finding.propertyNames())
                    .containsExactly("severity", "rule", "path", "message"));
  }

  /** Its certificate is its own, which the JDK does not trust; the report arrives all the same. */
  @Test
  void provesThatItTakesReports() {
    var destinations = get(200, "domain=example.com").get("destinations");

    assertThat(destinations.get(0).get("here").asBoolean()).isFalse();
    assertThat(destinations.get(0).get("probe").isNull()).isTrue();
    assertThat(destinations.get(1).get("here").asBoolean()).isTrue();
    var probe = destinations.get(1).get("probe");
    assertThat(probe.get("ok").asBoolean()).isFalse();
    assertThat(probe.get("url").asString())
        .isEqualTo("https://localhost:" + port + "/v1/tlsrpt/example.com");
    var attempt = probe.get("attempts").get(0);
    assertThat(attempt.get("address").asString()).isEqualTo("127.0.0.1");
    assertThat(attempt.get("connect").get("problem").isNull()).isTrue();
    assertThat(attempt.get("tls").get("protocol").asString()).isEqualTo("TLSv1.3");
    assertThat(attempt.get("tls").get("trusted").asBoolean()).isFalse();
    assertThat(attempt.get("tls").get("nameMatches").asBoolean()).isTrue();
    assertThat(attempt.get("tls").get("notAfter").asString()).matches("20\\d\\d-.*Z");
    assertThat(attempt.get("tls").get("problems").get(0).asString()).contains("signed by itself");
    assertThat(attempt.get("post").get("status").asInt()).isEqualTo(200);
    assertThat(attempt.get("post").get("problem").isNull()).isTrue();
  }

  @Test
  void leavesOutWhatIsNotWanted() {
    var destination = get(200, "domain=example.com&probe=false").get("destinations").get(1);

    assertThat(destination.get("here").asBoolean()).isTrue();
    assertThat(destination.get("probe").isNull()).isTrue();
  }

  @Test
  void looksAtTheMxHostsIfAsked() {
    var without = get(200, "domain=example.com&probe=false").get("mx").get("hosts").get(0);
    var with = get(200, "domain=example.com&probe=false&mx=true").get("mx").get("hosts").get(0);

    assertThat(without.get("record").isNull()).isTrue();
    assertThat(with.get("record").get("status").asString()).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          422 | ''                                  | domain
          422 | domain=                             | domain
          422 | domain=a.example&domain=b.example   | domain
          422 | domain=*.example.com                | domain
          422 | domain=127.0.0.1                    | domain
          422 | domain=a%00b.example                | domain
          422 | domain=stra%C3%9Fe.example          | domain
          400 | domain=example.com&mx=yes           | mx
          400 | domain=example.com&probe=1          | probe
          400 | domain=example.com&url=http://x/    | url
          """)
  void saysWhatIsWrongWithTheQuestion(int status, String query, String parameter) {
    var problem = get(status, query);

    assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
    assertThat(problem.get("detail").asString()).isNotBlank();
  }

  private JsonNode get(int status, String query) {
    try {
      var request =
          HttpRequest.newBuilder(uri(query))
              .header("Authorization", Http.basic("admin", "a password for tests"))
              .build();
      var answer = CLIENT.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return new JsonMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String query) {
    return URI.create("https://localhost:" + port + "/v1/record/check?" + query);
  }
}
