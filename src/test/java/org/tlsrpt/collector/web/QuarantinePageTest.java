package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** What could not be read, and how the collector does, in a browser. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class QuarantinePageTest {

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  private String id;

  @BeforeEach
  void keepOne() {
    jdbc.execute("truncate quarantine, report cascade");
    var answer = http.post("/v1/tlsrpt/a.example", "{\"broken\u202E\": <b>\u0007");
    assertThat(answer.status()).isEqualTo(400);
    id = answer.json().get("quarantineId").asString();
  }

  @Test
  void listsWhyAndFromWhere() {
    var page = Sent.asAdmin(http, "/quarantine");

    assertThat(page.text("tbody tr")).contains("Unreadable a.example 127.0.0.1 1 18 B open");
    assertThat(page.html().select("tbody a").attr("href")).isEqualTo("/quarantine/" + id);
  }

  @Test
  void showsTheBytesAndTheText() {
    var page = Sent.asAdmin(http, "/quarantine/" + id);

    assertThat(page.text("h1")).isEqualTo("Unreadable");
    assertThat(page.text(".hex tr:eq(0) td:eq(1)")).startsWith("7b 22 62 72 6f 6b 65 6e e2 80 ae");
    assertThat(page.text(".hex tr:eq(0) td:eq(2)")).startsWith("{\"broken...");
    assertThat(page.text(".json")).contains("\"brokenU+202E\": <b>U+0007");
    assertThat(page.has("main b")).isFalse();
  }

  @Test
  void triesAgainAndDeletes() {
    var tried = http.sendAsAdmin("POST", "/quarantine/" + id + "/replay");
    assertThat(tried.status()).isEqualTo(303);
    assertThat(tried.header("location")).isEqualTo("/quarantine/" + id + "?said=refused");
    assertThat(Sent.asAdmin(http, tried.header("location")).text(".verdict.info"))
        .isEqualTo("It still cannot be read.");
    assertThat(http.sendAsAdmin("POST", "/quarantine/replay/all").status()).isEqualTo(303);

    var deleted = http.sendAsAdmin("POST", "/quarantine/" + id + "/delete");
    assertThat(deleted.header("location")).isEqualTo("/quarantine?said=deleted");
    assertThat(Sent.asAdmin(http, "/quarantine").text("main")).contains("Nothing is in quarantine");
    assertThat(http.getAsAdmin("/quarantine/" + id).status()).isEqualTo(404);
    assertThat(http.sendAsAdmin("POST", "/quarantine/" + id + "/delete").status()).isEqualTo(404);
  }

  @Test
  void saysNothingThatSomebodyElseMadeUp() {
    var page = Sent.asAdmin(http, "/quarantine?said=hacked.by");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.has("[role=status].verdict")).isFalse();
  }

  @Test
  void countsInTheStatus() {
    var page = Sent.asAdmin(http, "/status");

    assertThat(page.text("[aria-labelledby=outcomes] tbody")).contains("quarantined");
    assertThat(page.html().select("dl a[href=/quarantine]").text()).isEqualTo("1");
    assertThat(page.text(".verdict")).isNotEmpty();
  }
}
