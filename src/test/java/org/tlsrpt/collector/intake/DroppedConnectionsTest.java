package org.tlsrpt.collector.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.TestCertificate;

/** Over HTTPS too, and whichever HTTP is spoken, senders must see a failure and not a status. */
@CollectorTest
@Import(DroppedConnectionsTest.DropsByPath.class)
@TestPropertySource(
    properties = {
      "tlsrpt.tls.certificate=target/dropped-test/certificate.pem",
      "tlsrpt.tls.private-key=target/dropped-test/key.pem"
    })
class DroppedConnectionsTest {

  private static final Path CERTIFICATE_FILE = Path.of("target/dropped-test/certificate.pem");
  private static final TestCertificate CERTIFICATE = TestCertificate.make();

  static {
    CERTIFICATE.write(CERTIFICATE_FILE, Path.of("target/dropped-test/key.pem"));
  }

  private static final String REPORT = "{\"report-id\":\"%s\",\"policies\":[]}";
  private static final String DROPPED = "/v1/tlsrpt/dropped.example";
  private static final String TAKEN = "/v1/tlsrpt/taken.example";

  @Autowired Http http;

  /** Ends what comes by one path, as the controller does when nothing can be kept. */
  @TestConfiguration(proxyBeanMethods = false)
  static class DropsByPath {

    @Bean
    FilterRegistrationBean<Filter> dropsByPath() {
      Filter filter =
          (request, response, chain) -> {
            var call = (jakarta.servlet.http.HttpServletRequest) request;
            if (call.getRequestURI().equals(DROPPED)) {
              request.getInputStream().readAllBytes();
              DroppedConnections.drop(call);
            } else {
              chain.doFilter(request, response);
            }
          };
      var registration = new FilterRegistrationBean<>(filter);
      // Before ShortWay, which takes all deliveries.
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return registration;
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void givesNoAnswerAndTakesTheNextDelivery(HttpClient.Version version) throws Exception {
    try (var client = CERTIFICATE.client(version)) {
      assertThatThrownBy(() -> post(client, DROPPED, version.name()))
          .isInstanceOf(IOException.class);

      var next = post(client, TAKEN, version.name());
      assertThat(next.statusCode()).isEqualTo(201);
      assertThat(next.version()).isEqualTo(version);
    }
  }

  /** Its exit status is all that the uploader used with Postfix looks at. */
  @ParameterizedTest
  @CsvSource({"--http1.1, 1.1", "--http2, 2"})
  void makesCurlFailAndSucceed(String option, String version) throws Exception {
    assumeThat(curl("--version").status()).isZero();

    assertThat(upload(DROPPED, option).status()).isNotZero();

    var taken = upload(TAKEN, option, "--write-out", " HTTP %{http_version}");
    assertThat(taken.status()).isZero();
    assertThat(taken.said()).contains("\"status\":\"").endsWith(" HTTP " + version);
  }

  private HttpResponse<String> post(HttpClient client, String path, String id)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + http.port() + path))
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofString(REPORT.formatted(id)))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private record Ended(int status, String said) {}

  /** With the options the uploader has, and our own behind them. */
  private Ended upload(String path, String... more) throws IOException, InterruptedException {
    var options =
        List.of(
            "--silent",
            "--header",
            "Content-Type: application/tlsrpt+gzip",
            "--data-binary",
            "@-",
            "https://127.0.0.1:" + http.port() + path);
    return curl(Stream.concat(options.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private static Ended curl(String... arguments) throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of("curl"), Stream.of(arguments)).toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CURL_CA_BUNDLE", CERTIFICATE_FILE.toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Ended(-1, "there is no curl here");
    }
    try (var in = process.getOutputStream()) {
      in.write(REPORT.formatted("curl").getBytes(UTF_8));
    } catch (IOException e) {
      // it asked for its version and reads nothing
    }
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
