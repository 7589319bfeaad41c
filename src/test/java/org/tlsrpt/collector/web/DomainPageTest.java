package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** One domain: who reports, under which policies, what fails and what to do about it. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class DomainPageTest {

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;

  private LocalDate today;

  @BeforeEach
  void reports() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    Sent.about("a.example", today.minusDays(2), "Google", 90)
        .failing(
            "certificate-expired",
            "mx1.a.example",
            10,
            Map.of("failure-reason-code", "X509_V_ERR_CERT_HAS_EXPIRED"))
        .to(http);
    Sent.about("a.example", today.minusDays(9), "Google", 100).to(http);
    Sent.about("a.example", today.minusDays(8), "Slow", 5)
        .failing("made-up-by-sender", "mx2.a.example", 1)
        .to(http);
  }

  @Test
  void saysWhatAFailureMeansAndWhatToDo() {
    var page = Sent.asAdmin(http, "/domains/a.example");

    var known = page.html().select(".failing").first().text();
    assertThat(known)
        .startsWith("Certificate expired at mx1.a.example 10 sessions in 1 report, from")
        .contains("RFC 8460 §4.3.1")
        .contains("Renew the certificate and reload the mail server")
        .contains("X509_V_ERR_CERT_HAS_EXPIRED")
        .contains("Look at the dates of the whole chain");
    assertThat(page.html().select(".failing").last().text())
        .startsWith("made-up-by-sender at mx2.a.example 1 session in 1 report")
        .contains("Nobody has registered this result type")
        .contains("Ask the sender");
  }

  @Test
  void showsWhoReportedWhenAndWhoFellSilent() {
    var rows =
        Sent.asAdmin(http, "/domains/a.example")
            .html()
            .select("[aria-labelledby=reporters] tbody tr");

    assertThat(rows.get(0).text()).startsWith("Google 2 of 30").contains("6 days missing between");
    assertThat(rows.get(1).text()).startsWith("Slow 1 of 30").contains("silent for 8 days");
    assertThat(rows.get(0).select("rect.ok")).hasSize(1);
    assertThat(rows.get(0).select("rect.bad")).hasSize(1);
  }

  @Test
  void showsThePoliciesThatSendersSaw() {
    assertThat(Sent.asAdmin(http, "/domains/a.example").text("[aria-labelledby=policies] tbody tr"))
        .startsWith("sts enforce 3 of 30");
  }

  @Test
  void isTheSameHoweverTheDomainIsWritten() {
    assertThat(Sent.asAdmin(http, "/domains/A.Example.").text("h1")).startsWith("a.example");
  }

  @Test
  void isNotThereForADomainNobodyReportedAbout() {
    assertThat(Sent.asAdmin(http, "/domains/b.example").status()).isEqualTo(404);
    assertThat(Sent.asReaderOf(http, "b.example", "/domains/a.example").status()).isEqualTo(404);
    assertThat(Sent.asReaderOf(http, "a.example", "/domains/a.example").status()).isEqualTo(200);
  }

  @Test
  void listsDomainsPageByPage() {
    for (int number = 10; number < 70; number++) {
      Sent.about("d" + number + ".example", today.minusDays(1), "Google", 1).to(http);
    }
    var first = Sent.asAdmin(http, "/domains");
    var next = first.html().select("a[rel=next]").attr("href");

    assertThat(first.html().select("tbody tr")).hasSize(50);
    assertThat(next).isEqualTo("/domains?after=d58.example");
    assertThat(Sent.asAdmin(http, next).html().select("tbody th").eachText())
        .hasSize(11)
        .startsWith("d59.example")
        .endsWith("d69.example");
    assertThat(http.getAsAdmin("/domains?after=" + "x".repeat(300)).status()).isEqualTo(400);
  }
}
