package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.FaultProxy;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.ProxiedDatabase;

/** A report that cannot be kept must not look delivered. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "management.server.address=127.0.0.1",
      "server.address=127.0.0.1",
      "tlsrpt.admin.password=for tests"
    })
@Import({ProxiedDatabase.class, Http.class})
class DatabaseAwayTest {

  private static final String REPORT = "{\"report-id\":\"%s\",\"policies\":[]}";

  @Autowired Http http;
  @Autowired FaultProxy proxy;

  @AfterEach
  void repair() {
    proxy.pass();
  }

  @Test
  void endsTheConnectionWithoutAnAnswerAndTakesTheReportWhenTheDatabaseIsBack() throws IOException {
    assertThat(send(REPORT.formatted("before"))).startsWith("HTTP/1.1 201");

    proxy.cut();
    assertThat(send(REPORT.formatted("during"))).isEmpty();

    proxy.pass();
    assertThat(send(REPORT.formatted("during"))).startsWith("HTTP/1.1 201");
  }

  @Test
  void answersQueriesWithAProblemDocument() {
    proxy.cut();

    var answer = http.get("/v1/reports", "Authorization", Http.basic("admin", "for tests"));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isNotEmpty();
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.text()).doesNotContain("SQL").doesNotContain("jdbc");
  }

  @Nested
  @TestPropertySource(properties = "tlsrpt.intake.when-unavailable=status")
  class WithStatus {

    @Test
    void answers503WithRetryAfter() {
      proxy.cut();

      var answer = http.post("/v1/tlsrpt", REPORT.formatted("status"));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(30, 90);
      assertThat(answer.type()).startsWith("application/problem+json");
    }
  }

  /** By a socket of our own: an HTTP client might try again by itself. */
  private String send(String body) throws IOException {
    var request =
        "POST /v1/tlsrpt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
