package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** How things stand, for who comes to look; and what to do before there is anything. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class OverviewPageTest {

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;

  private LocalDate yesterday;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    yesterday = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(1);
  }

  @Test
  void saysWhatToDoBeforeTheFirstReport() {
    var page = Sent.asAdmin(http, "/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text("#first-record"))
        .isEqualTo(
            "_smtp._tls.example.com. 3600 IN TXT"
                + " \"v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com\"");
    assertThat(page.text("#first-curl")).contains("https://tlsrpt.example.net/v1/tlsrpt/example");
    assertThat(page.has("form[action=/example]")).isTrue();
    assertThat(page.has("[hx-get=/]")).isTrue();
  }

  @Test
  void offersReadersTheRecordOfTheirDomainAndNoExample() {
    var page = Sent.asReaderOf(http, "mine.example", "/");

    assertThat(page.text("#first-record")).startsWith("_smtp._tls.mine.example.");
    assertThat(page.has("form[action=/example]")).isFalse();
  }

  @Test
  void turnsIntoTheOverviewWithTheExample() {
    var before = http.get("/", "Authorization", admin(), "HX-Request", "true");
    assertThat(before.status()).isEqualTo(204);
    assertThat(before.header("hx-refresh")).isEmpty();

    var sent = http.sendAsAdmin("POST", "/example");
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.header("location")).isEqualTo("/");

    assertThat(http.get("/", "Authorization", admin(), "HX-Request", "true").header("hx-refresh"))
        .isEqualTo("true");
    assertThat(Sent.asAdmin(http, "/").text(".verdict")).contains("433 sessions; 21 of them");
    assertThat(http.sendAsAdmin("POST", "/example").status()).isEqualTo(303);
    assertThat(Sent.asAdmin(http, "/").text(".tiles")).contains("Reports 1 0 in");
  }

  @Test
  void saysInWordsHowThingsStand() {
    Sent.about("a.example", yesterday.minusDays(40), "Google", 1_000).to(http);
    Sent.about("a.example", yesterday, "Google", 1_000)
        .failing("certificate-expired", "mx1.a.example", 234)
        .to(http);

    assertThat(Sent.asAdmin(http, "/").text(".verdict"))
        .startsWith(
            "In these 30 days senders reported 1,234 sessions; 234 of them failed (19%). That is"
                + " more than in the 30 days before (0%). Most of all: Certificate expired at"
                + " mx1.a.example, seen from");
    assertThat(Sent.asAdmin(http, "/?days=7").text(".verdict")).contains("In these 7 days");
    assertThat(Page.of(http.get("/", "Authorization", admin(), "Accept-Language", "pt-BR")))
        .extracting(page -> page.text(".verdict"))
        .asString()
        .startsWith("Nestes 30 dias os remetentes relataram 1.234 sessões; 234 delas falharam");
  }

  @Test
  void saysThatAllIsWellAndThatNobodyReported() {
    Sent.about("a.example", yesterday, "Google", 7).to(http);

    assertThat(Sent.asAdmin(http, "/").text(".verdict"))
        .isEqualTo("In these 30 days senders reported 7 sessions, and none failed.");
    assertThat(Sent.asAdmin(http, "/?from=2001-01-01&to=2001-01-31").text(".verdict"))
        .isEqualTo("Nobody reported anything about these days.");
  }

  @Test
  void showsDomainsByHowTheyDo() {
    Sent.about("fine.example", yesterday, "Google", 1_000).to(http);
    Sent.about("bad.example", yesterday, "Google", 10).failing("tlsa-invalid", "mx", 9).to(http);
    Sent.about("odd.example", yesterday, "Google", 9_000).failing("x-y", "mx", 1).to(http);
    Sent.about("gone.example", yesterday.minusDays(5), "Google", 10).to(http);

    var page = Sent.asAdmin(http, "/");

    assertThat(page.html().select("[aria-labelledby=domains] tbody tr").eachText())
        .satisfiesExactly(
            row -> assertThat(row).startsWith("bad.example Failing sts enforce 19"),
            row -> assertThat(row).startsWith("gone.example Silent"),
            row -> assertThat(row).startsWith("odd.example Some failures"),
            row -> assertThat(row).startsWith("fine.example Healthy"));
  }

  @Test
  void showsTheWorstOfManyDomains() {
    for (int number = 10; number < 40; number++) {
      Sent.about("d" + number + ".example", yesterday, "Google", 10).to(http);
    }
    Sent.about("z.example", yesterday, "Google", 1).failing("x", "mx", 1).to(http);

    var rows = Sent.asAdmin(http, "/").html().select("[aria-labelledby=domains] tbody tr");
    assertThat(rows).hasSize(20);
    assertThat(rows.first().text()).startsWith("z.example Failing");
  }

  @Test
  void showsReadersTheirDomainsAlone() {
    Sent.about("mine.example", yesterday, "Google", 3).failing("a", "mx.mine", 4).to(http);
    Sent.about("other.example", yesterday, "Microsoft", 50).failing("b", "mx.other", 60).to(http);

    for (var path :
        new String[] {"/", "/domains", "/failures", "/failures?view=groups", "/reports"}) {
      var page = Sent.asReaderOf(http, "mine.example", path);

      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.text("main"))
          .as(path)
          .contains("mine")
          .doesNotContain("Microsoft", "other.example", "mx.other", "60");
    }
  }

  @Test
  void givesTheChartAndTheTableTheSameDays() {
    Sent.about("a.example", yesterday, "Google", 5).failing("x", "mx", 2).to(http);

    var page = Sent.asAdmin(http, "/?days=7");
    var chart = page.html().select(".chart").first();

    assertThat(chart.attr("data-days").split(",", -1)).hasSize(7).contains(yesterday.toString());
    assertThat(chart.attr("data-successful")).isEqualTo("0,0,0,0,0,5,0");
    assertThat(chart.attr("data-failed")).isEqualTo("0,0,0,0,0,2,0");
    assertThat(page.html().select(".trend tbody tr")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/?days=31, Choose 7",
    "/?from=2026-02-30, Choose 7",
    "/?from=2026-03-02&to=2026-03-01, The first day is after the last one.",
    "/?from=2020-01-01&to=2026-03-01, These are more than 400 days.",
  })
  void saysWhichDaysItCannotShow(String path, String words) {
    Sent.about("a.example", yesterday, "Google", 5).to(http);

    var page = Sent.asAdmin(http, path);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text("#period-problem")).contains(words);
    assertThat(page.text(".verdict")).contains("In these 30 days");
  }

  private static String admin() {
    return Http.basic("admin", "a password for tests");
  }
}
