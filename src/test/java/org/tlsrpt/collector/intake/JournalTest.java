package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.intake.Gzips.gzip;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** No delivery vanishes uncounted. */
@CollectorTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "tlsrpt.intake.domains=example.com")
class JournalTest {

  private static final String REPORT =
      "{\"report-id\":\"%s\",\"organization-name\":\"x\\nfake line\\u001b[2J\",\"policies\":[]}";

  @Autowired Http http;
  @Autowired MeterRegistry meters;

  @Test
  void countsEveryDeliveryOnceAsReceivedAndOnceAsWhatBecameOfIt(CapturedOutput log)
      throws Exception {
    var receivedBefore = received();
    var endedBefore = ended();

    http.post("/v1/tlsrpt", gzip(REPORT.formatted("1")));
    http.post("/v1/tlsrpt/example.com", REPORT.formatted("1"), "User-Agent", "evil=1 ${jndi:x}");
    http.post("/v1/tlsrpt", "{\"a\":1}");
    http.post("/v1/tlsrpt", "{\"a\":");
    http.post("/v1/tlsrpt", "<html>");
    http.post("/v1/tlsrpt", "");
    http.post("/v1/tlsrpt", Probes.body(Probes.NONCE), "Tlsrpt-Probe", Probes.NONCE);
    http.post("/v1/tlsrpt", new byte[11_000_000]);
    http.post("/v1/tlsrpt/example.org", REPORT.formatted("2"));
    http.post("/v1/tlsrpt/none", REPORT.formatted("3"));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket
          .getOutputStream()
          .write(
              "POST /v1/tlsrpt HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));
    }

    Awaitility.await().until(() -> ended() - endedBefore == 11);
    assertThat(received() - receivedBefore).isEqualTo(11);
    assertThat(outcome("stored")).isEqualTo(1);
    assertThat(outcome("duplicate")).isEqualTo(1);
    assertThat(outcome("quarantined")).isEqualTo(2);
    assertThat(outcome("refused")).isEqualTo(5);
    assertThat(outcome("probed")).isEqualTo(1);
    assertThat(outcome("aborted")).isEqualTo(1);
    assertThat(log.getOut().lines().filter(line -> line.contains(" deliveries "))).hasSize(11);
    assertThat(log.getOut()).doesNotContain("jndi").doesNotContain("fake line");
  }

  @Test
  void showsFiguresToPrometheusByLogin() {
    http.post("/v1/tlsrpt", REPORT.formatted("4"));

    assertThat(http.sendToManagement("GET", "/actuator/prometheus").status()).isEqualTo(401);
    var figures =
        http.sendToManagement(
            "GET",
            "/actuator/prometheus",
            "Authorization",
            Http.basic("admin", "a password for tests"));
    assertThat(figures.status()).isEqualTo(200);
    assertThat(figures.text())
        .contains("tlsrpt_deliveries_received_total{")
        .contains("tlsrpt_deliveries_seconds_count{")
        .contains("tlsrpt_notes_total{code=\"policies-empty\"}")
        .contains("tlsrpt_spool_files ")
        .contains("tlsrpt_spool_age_seconds ")
        .contains("tlsrpt_quarantine_entries ")
        .contains("tlsrpt_quarantine_size_bytes ")
        .contains("tlsrpt_quarantine_age_seconds ");
  }

  private double received() {
    return meters.find("tlsrpt.deliveries.received").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private long ended() {
    return meters.find("tlsrpt.deliveries").timers().stream().mapToLong(Timer::count).sum();
  }

  private long outcome(String word) {
    return meters.find("tlsrpt.deliveries").tag("outcome", word).timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }
}
