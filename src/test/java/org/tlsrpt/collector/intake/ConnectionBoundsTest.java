package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.RawHttp;

/** Connections are few; who holds them and says nothing must not hold them all, nor for ever. */
@CollectorTest
@TestPropertySource(
    properties = {
      "tlsrpt.intake.body-timeout=2s",
      "tlsrpt.intake.connections.per-address=400",
      "tlsrpt.intake.connections.head-timeout=1s"
    })
class ConnectionBoundsTest {

  private static final int PER_ADDRESS = 400;
  private static final String HEAD = "GET /v1/tlsrpt HTTP/1.1\r\nHost: localhost\r\n";

  @Autowired Http http;

  @Test
  void closesConnectionsAboveTheShareOfTheirAddressAndServesOthers() throws IOException {
    var held = new ArrayList<RawHttp>();
    try {
      for (var i = 0; i < PER_ADDRESS; i++) {
        held.add(RawHttp.connect(http.port(), "127.0.0.3"));
      }
      assertThat(answer("127.0.0.3")).as("one more of the same address").isEmpty();
      assertThat(answer("127.0.0.4")).as("of another").startsWith("HTTP/1.1 200");
    } finally {
      close(held);
    }
    await().until(() -> answer("127.0.0.3").startsWith("HTTP/1.1 200"));
  }

  @Test
  void endsARequestHeadThatDrips() throws IOException {
    try (var connection = RawHttp.connect(http.port(), "127.0.0.5")) {
      connection.send(HEAD + "X-Slow: ");
      await()
          .atMost(Duration.ofSeconds(8))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> isEndedAfter(connection, "x"));
    }
  }

  @Test
  void takesAHeadThatComesInPieces() throws IOException {
    try (var connection = RawHttp.connect(http.port(), "127.0.0.5")) {
      for (var piece : (HEAD + "Connection: close\r\n\r\n").split("(?<=[\r/:])")) {
        connection.send(piece);
      }
      assertThat(connection.readToEnd()).startsWith("HTTP/1.1 200");
    }
  }

  private static boolean isEndedAfter(RawHttp connection, String more) {
    try {
      connection.send(more);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private String answer(String source) throws IOException {
    try (var connection = RawHttp.connect(http.port(), source)) {
      return connection.send(HEAD + "Connection: close\r\n\r\n").readToEnd();
    } catch (IOException e) {
      return ""; // closed before all was said
    }
  }

  private static void close(List<RawHttp> connections) throws IOException {
    for (var connection : connections) {
      connection.close();
    }
  }
}
