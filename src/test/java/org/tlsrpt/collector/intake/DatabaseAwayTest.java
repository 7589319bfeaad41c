package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.FaultProxy;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.ProxiedTest;
import org.tlsrpt.collector.testing.RawHttp;

/** A report that cannot be kept must not look delivered. */
@ProxiedTest
class DatabaseAwayTest {

  private static final String REPORT = "{\"report-id\":\"%s\",\"policies\":[]}";

  @Autowired Http http;
  @Autowired FaultProxy proxy;

  @AfterEach
  void repair() {
    proxy.pass();
  }

  @Test
  void keepsReportsOnDiskUntilTheDatabaseIsBack() throws IOException {
    assertThat(send(REPORT.formatted("before"))).startsWith("HTTP/1.1 201");

    proxy.cut();
    var ids = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      var answer = http.post("/v1/tlsrpt", REPORT.formatted("during " + i));
      assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
      assertThat(answer.json().get("status").asString()).isEqualTo("spooled");
      ids.add(answer.json().get("id").asString());
    }
    proxy.pass();

    for (var id : ids) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> asAdmin("/v1/reports/" + id).status() == 200);
    }
    Awaitility.await()
        .until(() -> http.post("/v1/tlsrpt", REPORT.formatted("after")).status() < 202);
  }

  @Test
  void keepsWhatCannotBeReadUntilItCanGoIntoQuarantine() {
    proxy.cut();
    var answer = http.post("/v1/tlsrpt", "{\"report-id\":");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    var id = answer.json().get("quarantineId").asString();

    proxy.pass();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> asAdmin("/v1/quarantine/" + id).status() == 200);
  }

  /** A database that hangs is worse than one that is gone: nothing says so. */
  @Test
  void doesNotLetASenderWaitForADatabaseThatHangs() {
    assertThat(http.post("/v1/tlsrpt", REPORT.formatted("before hanging")).status()).isIn(201, 202);
    proxy.stall();

    var answer = http.post("/v1/tlsrpt", REPORT.formatted("while hanging"));
    var other = http.post("/v1/tlsrpt", "{}");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    assertThat(other.status()).as(other.toString()).isEqualTo(422);
    proxy.cut();
    proxy.pass();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> asAdmin("/v1/reports/" + answer.json().get("id").asString()).status() == 200);
  }

  @Test
  void answersQueriesWithAProblemDocument() {
    proxy.cut();

    var answer = http.get("/v1/reports", "Authorization", Http.basic("admin", Http.PASSWORD));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isNotEmpty();
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.text()).doesNotContain("SQL").doesNotContain("jdbc");
  }

  private Http.Answer asAdmin(String path) {
    return http.get(path, "Authorization", Http.basic("admin", Http.PASSWORD));
  }

  @Nested
  @TestPropertySource(properties = "tlsrpt.intake.spool-size=0")
  class WithoutSpool {

    @Test
    void endsTheConnectionWithoutAnAnswerAndTakesTheReportWhenTheDatabaseIsBack()
        throws IOException {
      proxy.cut();
      assertThat(send(REPORT.formatted("closed"))).isEmpty();

      proxy.pass();
      Awaitility.await().until(() -> send(REPORT.formatted("closed")).startsWith("HTTP/1.1 201"));
    }
  }

  @Nested
  @TestPropertySource(
      properties = {
        "tlsrpt.intake.spool-size=0",
        "tlsrpt.intake.when-unavailable=status",
        "tlsrpt.intake.source.per-second=1",
        "tlsrpt.intake.source.burst=40"
      })
  class WithoutSpoolAndWithStatus {

    @Test
    void answers503WithRetryAfter() {
      proxy.cut();

      var answer = http.post("/v1/tlsrpt", REPORT.formatted("status"));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(30, 90);
      assertThat(answer.type()).startsWith("application/problem+json");
    }

    @Test
    void answersAFlood429WithRetryAfter() throws IOException {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> send(REPORT.formatted("database is back")).startsWith("HTTP/1.1 20"));
      var answers = new ArrayList<String>();
      do {
        answers.add(sendFrom("127.0.0.8", REPORT.formatted("flood " + answers.size())));
      } while (!answers.getLast().startsWith("HTTP/1.1 429") && answers.size() < 60);

      assertThat(answers).hasSizeBetween(41, 59);
      assertThat(answers.getFirst()).startsWith("HTTP/1.1 201");
      assertThat(answers.getLast())
          .startsWith("HTTP/1.1 429")
          .containsPattern("Retry-After: [3-9][0-9]\r\n")
          .contains("Content-Type: application/problem+json")
          .contains("urn:tlsrpt-collector:problem:flood");
      assertThat(sendFrom("127.0.0.9", REPORT.formatted("of another"))).startsWith("HTTP/1.1 201");
    }
  }

  private String send(String body) throws IOException {
    return sendFrom("127.0.0.1", body);
  }

  /** By a socket of our own: an HTTP client might try again by itself. */
  private String sendFrom(String source, String body) throws IOException {
    try (var connection = RawHttp.connect(http.port(), source)) {
      return connection
          .send(
              "POST /v1/tlsrpt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .readToEnd();
    }
  }
}
