package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** One report, in words and as it came; and the list of them. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class ReportPageTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
  }

  @Test
  void saysInWordsWhatItSays() {
    var id =
        Sent.about("a.example", DAY, "Google", 1_230)
            .failing(
                "validation-failure",
                "mx1.a.example",
                4,
                Map.of("additional-information", "https://help.example/tls?x=1"))
            .to(http);
    var page = Sent.asAdmin(http, "/reports/" + id);

    assertThat(page.text("h1")).isEqualTo("Report of Google");
    assertThat(page.text(".verdict"))
        .isEqualTo(
            "4 of 1,234 sessions from Mar 1, 2026, 12:00\u202fAM UTC to Mar 1, 2026, 11:59\u202fPM"
                + " UTC failed.");
    assertThat(page.text("#about ~ dl")).contains("a claim; nothing proves who sent it");
    assertThat(page.text(".policy")).contains("sts enforce a.example").contains("mode: enforce");
    var link = page.html().select(".policy a[href^=https]").first();
    assertThat(link.text()).isEqualTo("https://help.example/tls?x=1 (help.example)");
    assertThat(link.attr("rel")).isEqualTo("noopener noreferrer nofollow");
    assertThat(page.html().select(".json .key").eachText()).contains("\"organization-name\"");
    assertThat(page.html().select("main a").eachAttr("href"))
        .contains(
            "/domains/a.example", "/reports?organization=Google", "/v1/reports/" + id + "/raw");
  }

  @Test
  void explainsWhatWasPutRight() {
    var id =
        Sent.about("a.example", DAY, "Google", 1)
            .with("date-range", Map.of("start-datetime", "2026-03-01", "end-datetime", "x"))
            .to(http);
    var page = Sent.asAdmin(http, "/reports/" + id);

    assertThat(page.html().select("#notes ~ .remarks li")).isNotEmpty();
    assertThat(page.text("#notes ~ .hint")).contains("not as RFC 8460 wants it");
  }

  @Test
  void isNotThereForWhoDoesNotSeeItsDomain() {
    var id = Sent.about("a.example", DAY, "Google", 1).to(http);

    assertThat(Sent.asReaderOf(http, "a.example", "/reports/" + id).status()).isEqualTo(200);
    assertThat(Sent.asReaderOf(http, "b.example", "/reports/" + id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000-0000-8000-8000-000000000000", "0-0-0-0-0"})
  void isNotThereForOtherIds(String id) {
    assertThat(http.getAsAdmin("/reports/" + id).status()).isEqualTo(404);
  }

  @Test
  void isListedNewestFirst() {
    Sent.about("a.example", DAY, "Google", 1).to(http);
    Sent.about("a.example", DAY.plusDays(1), "Microsoft", 2).to(http);

    var rows = Sent.asAdmin(http, "/reports").html().select("tbody tr").eachText();
    assertThat(rows.get(0)).startsWith("Mar 2, 2026").contains("Microsoft 2 0");
    assertThat(rows.get(1)).startsWith("Mar 1, 2026").contains("Google 1 0");
    assertThat(Sent.asAdmin(http, "/reports?organization=google").html().select("tbody tr"))
        .hasSize(1);
    assertThat(http.getAsAdmin("/reports?from=x").status()).isEqualTo(400);
  }
}
