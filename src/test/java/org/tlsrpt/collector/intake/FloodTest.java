package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.RawHttp;

/** One address does its worst; a sender at another does not notice. */
@CollectorTest
@TestPropertySource(
    properties = {
      "tlsrpt.intake.body-timeout=2s",
      "tlsrpt.intake.connections.per-address=400",
      "tlsrpt.intake.connections.head-timeout=1s"
    })
class FloodTest {

  private static final Logger log = LoggerFactory.getLogger(FloodTest.class);

  private static final String ENEMY = "127.0.0.1";
  private static final String SENDER = "127.0.0.2";
  private static final String REPORT = "{\"report-id\":\"%s\",\"policies\":[%s]}";

  private static final int STALLED = 300;
  private static final int FLOODING = 40;
  private static final int REPORTS = 40;

  /** What an operator is promised. */
  private static final Duration PROMISED = Duration.ofSeconds(2);

  /** Tomcat's 10 s for a single read, and time for a busy machine. */
  private static final Duration ENDED = Duration.ofSeconds(18);

  @Autowired Http http;
  @Autowired BodyReader bodies;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, Integer> floodAnswers = new ConcurrentHashMap<>();

  @Test
  void storesTheReportOfAnotherSourceWhileOneStallsAndFloods() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        othersDoNotNotice(threads);
      } finally {
        over.set(true);
      }
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> bodies.leasedBytes() == 0);
    deliver("large", " ".repeat(9_000_000));
    await().atMost(Duration.ofSeconds(30)).until(() -> post(ENEMY, report("later", "")) == 201);
  }

  private void othersDoNotNotice(ExecutorService threads) throws Exception {
    var stalled = stall(threads);
    flood(threads);
    var slowest = Duration.ZERO;
    for (var i = 0; i < REPORTS; i++) {
      var took = deliver("during the flood " + i);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    var lastEnd = slowest(stalled);

    log.info(
        "{} reports of another source during the flood: slowest {} ms; the flood got {} (0: closed);"
            + " {} stalled connections ended within {} ms",
        REPORTS,
        slowest.toMillis(),
        floodAnswers,
        STALLED,
        lastEnd.toMillis());
    assertThat(slowest).isLessThan(PROMISED);
    assertThat(lastEnd).isLessThan(ENDED);
    assertThat(floodAnswers).as("a flood worth the name").containsKeys(201, 400);
  }

  /** Connections that begin a delivery and say no more; each gives the time until it was ended. */
  private List<Future<Duration>> stall(ExecutorService threads) throws IOException {
    var beginnings =
        List.of(
            "Content-Length: 5000\r\n\r\n{",
            "Transfer-Encoding: chunked\r\n\r\n40\r\n{\"policies\":",
            "Content-Length: 9000000\r\n\r\n{" + " ".repeat(100_000));
    var ends = new ArrayList<Future<Duration>>();
    for (var i = 0; i < STALLED; i++) {
      var connection = RawHttp.connect(http.port(), ENEMY);
      var begun = System.nanoTime();
      connection.send("POST /v1/tlsrpt HTTP/1.1\r\nHost: localhost\r\n" + beginnings.get(i % 3));
      ends.add(
          threads.submit(
              () -> {
                try (connection) {
                  assertThat(connection.readToEnd()).isEmpty();
                  return Duration.ofNanos(System.nanoTime() - begun);
                }
              }));
    }
    return ends;
  }

  private void flood(ExecutorService threads) {
    for (var i = 0; i < FLOODING; i++) {
      threads.submit(
          () -> {
            while (!over.get()) {
              var body = numbers.incrementAndGet() % 2 == 0 ? junk() : report("flood", "");
              floodAnswers.merge(post(ENEMY, body), 1, Integer::sum);
            }
            return null;
          });
    }
  }

  private String junk() {
    return "{\"junk\": " + numbers.incrementAndGet();
  }

  private String report(String name, String policies) {
    return REPORT.formatted(name + numbers.incrementAndGet(), policies);
  }

  /** By a sender that does no harm; how long it took. */
  private Duration deliver(String name) throws IOException {
    return deliver(name, "");
  }

  private Duration deliver(String name, String policies) throws IOException {
    var begun = System.nanoTime();
    assertThat(post(SENDER, report(name, policies))).isEqualTo(201);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** The status, 0 if there was no answer. */
  private int post(String source, String body) throws IOException {
    try (var connection = RawHttp.connect(http.port(), source)) {
      connection.send(
          "POST /v1/tlsrpt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return RawHttp.status(connection.readToEnd());
    }
  }

  private static Duration slowest(List<Future<Duration>> times) throws Exception {
    var slowest = Duration.ZERO;
    for (var time : times) {
      var one = time.get();
      slowest = one.compareTo(slowest) > 0 ? one : slowest;
    }
    return slowest;
  }
}
