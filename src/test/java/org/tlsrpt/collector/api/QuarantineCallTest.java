package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.intake.Delivery;
import org.tlsrpt.collector.intake.KeepOutcome;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.intake.Quarantine;
import org.tlsrpt.collector.store.NewReport.Source;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;
import tools.jackson.databind.JsonNode;

/** What operators do about deliveries that could not be read. */
@CollectorTest
class QuarantineCallTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String REPORT = "{\"report-id\":\"one\",\"policies\":[]}";
  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  @Autowired Http http;
  @Autowired Quarantine quarantine;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate quarantine, report cascade");
  }

  @Test
  void listsEntriesWithTheNamesOfTheContract() {
    var id = keep("{broken", 0);

    var list = http.getAsAdmin("/v1/quarantine").json();

    assertThat(list.get("next").isNull()).isTrue();
    var item = list.get("items").get(0);
    assertThat(item.propertyNames())
        .containsExactly(
            "id",
            "reason",
            "detail",
            "receivedAt",
            "lastReceivedAt",
            "timesReceived",
            "size",
            "recipientDomain",
            "contentType",
            "contentEncoding",
            "source");
    assertThat(item.get("source").propertyNames()).containsExactly("channel", "ip", "userAgent");
    assertThat(item.get("id").asString()).isEqualTo(id);
    assertThat(item.get("reason").asString()).isEqualTo("unreadable");
    assertThat(item.get("receivedAt").asString()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(item.get("size").asInt()).isEqualTo(7);
    assertThat(item.get("contentEncoding").isNull()).isTrue();
  }

  @Test
  void showsAnEntryWithItsBeginning() {
    var id = keep("{\u001B[2J" + "x".repeat(10_000), 0);

    var shown = http.getAsAdmin("/v1/quarantine/" + id).json();

    assertThat(shown.get("id").asString()).isEqualTo(id);
    assertThat(shown.get("source").get("ip").asString()).isEqualTo("192.0.2.1");
    assertThat(shown.get("preview").asString()).isEqualTo("{\\x1b[2J" + "x".repeat(507));
  }

  @Test
  void givesTheBytesBackAsTheyCameAndToNoBrowserToShow() {
    var body = new byte[256];
    for (var i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    var id = keep(body, 0);

    var raw = http.getAsAdmin("/v1/quarantine/" + id + "/raw");

    assertThat(raw.bytes()).isEqualTo(body);
    assertThat(raw.type()).isEqualTo("application/octet-stream");
    assertThat(raw.header("content-disposition"))
        .isEqualTo("attachment; filename=\"" + id + ".bin\"");
    assertThat(raw.header("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void turnsPagesByCursorAndByLink() {
    var kept = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      kept.addFirst(keep("{broken " + i, i));
    }

    var listed = new ArrayList<String>();
    var path = "/v1/quarantine?limit=2";
    while (!path.isEmpty()) {
      var page = http.getAsAdmin(path);
      page.json().get("items").forEach(item -> listed.add(item.get("id").asString()));
      var link = page.header("link");
      assertThat(link.isEmpty()).isEqualTo(page.json().get("next").isNull());
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }

    assertThat(listed).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "cursor=x, cursor",
    "reason=unreadable, reason",
    "domain=a, domain"
  })
  void namesTheParameterThatIsWrong(String query, String parameter) {
    var answer = http.getAsAdmin("/v1/quarantine?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
  }

  @Test
  void refusesTheCursorOfAnotherList() {
    keep("{1", 1);
    keep("{2", 2);
    var cursor = http.getAsAdmin("/v1/quarantine?limit=1").json().get("next").asString();

    assertThat(http.getAsAdmin("/v1/quarantine?cursor=" + cursor).status()).isEqualTo(200);
    assertThat(http.getAsAdmin("/v1/reports?cursor=" + cursor).status()).isEqualTo(400);
  }

  @Test
  void storesByReplayWhatCanBeReadNow() {
    var id = keep(REPORT, 0);

    var answer = replay(id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames()).containsExactly("status", "reportId");
    assertThat(answer.json().get("status").asString()).isEqualTo("stored");
    var report = answer.json().get("reportId").asString();
    assertThat(http.getAsAdmin("/v1/reports/" + report + "/raw").text()).isEqualTo(REPORT);
    assertThat(http.getAsAdmin("/v1/quarantine/" + id).status()).isEqualTo(404);
  }

  @Test
  void saysByReplayThatAReportIsThere() {
    http.post("/v1/tlsrpt", REPORT);

    assertThat(replay(keep(REPORT, 0)).json().get("status").asString()).isEqualTo("duplicate");
  }

  @Test
  void saysByReplayWhyAnEntryStays() {
    var id = keep("{\"no\":\"report\"}", 0);

    var answer = replay(id).json();

    assertThat(answer.propertyNames()).containsExactly("status", "reason", "detail");
    assertThat(answer.get("status").asString()).isEqualTo("refused");
    assertThat(answer.get("reason").asString()).isEqualTo("not-a-report");
    assertThat(http.getAsAdmin("/v1/quarantine/" + id).json().get("reason").asString())
        .isEqualTo("not-a-report");
  }

  @Test
  void replaysAllInTheBackground() {
    keep(REPORT, 0);
    keep("{broken", 1);

    var answer = http.sendAsAdmin("POST", "/v1/quarantine/replay");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("location")).isEqualTo("/v1/quarantine/replay");
    assertThat(answer.json().get("total").asInt()).isEqualTo(2);
    await().atMost(Duration.ofSeconds(60)).until(() -> !state().equals("running"));
    assertThat(progress().toString())
        .isEqualTo(
            """
            {"state":"done","total":2,"done":2,"stored":1,"duplicates":0,"stillRefused":1,\
            "unavailable":0,"gone":0}""");
  }

  @Test
  void deletesOnce() {
    var id = keep("{broken", 0);

    assertThat(http.sendAsAdmin("DELETE", "/v1/quarantine/" + id).status()).isEqualTo(204);
    assertThat(http.sendAsAdmin("DELETE", "/v1/quarantine/" + id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/quarantine/" + NOBODY,
    "GET, /v1/quarantine/" + NOBODY + "/raw",
    "POST, /v1/quarantine/" + NOBODY + "/replay",
    "DELETE, /v1/quarantine/" + NOBODY,
    "GET, /v1/quarantine/1",
    "GET, /v1/quarantine/0-0-0-0-0",
    "DELETE, /v1/quarantine/x",
    "DELETE, /v1/quarantine/%00",
  })
  void knowsNoEntryOfThatId(String method, String path) {
    var answer = http.sendAsAdmin(method, path);

    assertThat(answer.status()).as(answer.toString()).isIn(404, 400);
    assertThat(answer.type()).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "POST"})
  void hasNoOtherMethods(String method) {
    assertThat(http.sendAsAdmin(method, "/v1/quarantine/" + NOBODY).status()).isEqualTo(405);
  }

  private String state() {
    return progress().get("state").asString();
  }

  private JsonNode progress() {
    return http.getAsAdmin("/v1/quarantine/replay").json();
  }

  private Answer replay(String id) {
    return http.sendAsAdmin("POST", "/v1/quarantine/" + id + "/replay");
  }

  private String keep(String body, int second) {
    return keep(body.getBytes(StandardCharsets.UTF_8), second);
  }

  private String keep(byte[] body, int second) {
    var source = new Source("https", "192.0.2.1", "curl/8", NOON.plusSeconds(second));
    var headers = new Delivery.Headers("application/tlsrpt+gzip", null);
    var outcome =
        quarantine.keep(
            new Delivery(body, source, headers, "example.com"), Reason.UNREADABLE, "A sentence.");
    assertThat(outcome).isInstanceOf(KeepOutcome.Kept.class);
    return ((KeepOutcome.Kept) outcome).id().toString();
  }
}
