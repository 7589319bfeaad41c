package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** What failed, filtered, sorted, grouped; all of it by the address alone. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class FailuresPageTest {

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void reports() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    Sent.about("a.example", LocalDate.of(2026, 3, 1), "Zed", 9)
        .failing("certificate-expired", "mx1.a.example", 5)
        .to(http);
    Sent.about("b.example", LocalDate.of(2026, 3, 2), "Alpha", 9)
        .withPolicy("policy-type", "tlsa")
        .failing("tlsa-invalid", "mx2.b.example", 7, Map.of("failure-reason-code", "why"))
        .failing("tlsa-invalid", "mx0.b.example", 1, Map.of("sending-mta-ip", "2001:db8::9"))
        .to(http);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 3",
    "domain=A.example., 1",
    "domain=a.example&domain=b.example, 3",
    "organization=alpha, 2",
    "mx=MX2.b.example., 1",
    "resultType=certificate-expired, 1",
    "resultType=Certificate-Expired, 1",
    "policyType=tlsa, 2",
    "mode=enforce, 1",
    "sendingIp=2001:db8::/32, 1",
    "from=2026-03-02, 2",
    "to=2026-03-01, 1",
    "domain=&mx=&from=, 3",
    "domain=b.example&resultType=certificate-expired, 0",
  })
  void filters(String query, int rows) {
    var page = Sent.asAdmin(http, "/failures?" + query);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html().select("tbody tr")).hasSize(rows);
  }

  @ParameterizedTest
  @CsvSource({
    "newest, 1 7 5",
    "oldest, 5 7 1",
    "sessions, 7 5 1",
    "domain, 5 7 1",
    "organization, 7 1 5",
    "resultType, 5 7 1",
    "mx, 1 5 7",
    "nothing, 1 7 5",
  })
  void sorts(String sort, String sessions) {
    var page = Sent.asAdmin(http, "/failures?sort=" + sort);

    assertThat(String.join(" ", page.html().select("tbody td.number").eachText()))
        .isEqualTo(sessions);
  }

  @Test
  void groups() {
    var page = Sent.asAdmin(http, "/failures?view=groups&sort=first");

    assertThat(page.html().select("tbody tr").eachText())
        .containsExactly(
            "TLSA record does not fit mx0.b.example Alpha not given 1 1 Mar 2, 2026 Mar 2, 2026",
            "TLSA record does not fit mx2.b.example Alpha why 7 1 Mar 2, 2026 Mar 2, 2026",
            "Certificate expired mx1.a.example Zed not given 5 1 Mar 1, 2026 Mar 1, 2026");
    assertThat(page.html().select("tbody td a").first().attr("href"))
        .isEqualTo("/failures?resultType=tlsa-invalid");
  }

  @Test
  void keepsTheFilterInEveryLink() {
    var query = "?domain=b.example&organization=Alpha&from=2026-03-01";
    var page = Sent.asAdmin(http, "/failures" + query);
    var links = page.html().select("main .views a, main thead a").eachAttr("href");

    assertThat(links)
        .hasSizeGreaterThan(7)
        .allSatisfy(link -> assertThat(link).contains(query))
        .contains("/v1/failures" + query, "/v1/failures" + query + "&format=csv");
    assertThat(page.value("#f-domain")).isEqualTo("b.example");
    assertThat(page.value("[name=from]")).isEqualTo("2026-03-01");
  }

  @Test
  void encodesWhatItKeeps() {
    var page = Sent.asAdmin(http, "/failures?organization=" + Page.encoded("a&b=c {x} 100% ü"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html().select(".views a").first().attr("href"))
        .isEqualTo("/failures?organization=a%26b%3Dc%20%7Bx%7D%20100%25%20%C3%BC");
    assertThat(page.value("#f-organization")).isEqualTo("a&b=c {x} 100% ü");
  }

  @ParameterizedTest
  @CsvSource({
    "mode=strict, Must be enforce",
    "sendingIp=mx.a.example, Must be an address",
    "from=yesterday, Must be a day",
    "to=2026-02-30, Must be a day",
    "from=2026-03-02&to=2026-03-01, The first day is after",
    "from=2026-03-01&from=2026-03-02, May be given once",
    "domain=%01, Too long",
  })
  void saysAtItsFieldWhatIsWrong(String query, String words) {
    var page = Sent.asAdmin(http, "/failures?" + query);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text(".filters .refusal")).contains(words);
    assertThat(page.has("tbody tr")).isFalse();
  }

  @Test
  void hasPages() {
    for (int number = 0; number < 3; number++) {
      var sent = Sent.about("c.example", LocalDate.of(2026, 4, 1 + number), "Many", 1);
      for (int failure = 0; failure < 40; failure++) {
        sent.failing("x", "mx" + failure + ".c.example", 1);
      }
      sent.to(http);
    }
    for (var sort : List.of("newest", "mx")) {
      var first = Sent.asAdmin(http, "/failures?domain=c.example&sort=" + sort);
      var next = first.html().select("a[rel=next]").attr("href");
      var third = Sent.asAdmin(http, next.replace("page=2", "page=3"));

      assertThat(first.html().select("tbody tr")).hasSize(50);
      assertThat(Sent.asAdmin(http, next).html().select("tbody tr")).hasSize(50);
      assertThat(third.html().select("tbody tr")).hasSize(20);
      assertThat(third.has("a[rel=next]")).isFalse();
    }
    assertThat(http.getAsAdmin("/failures?page=-1").status()).isEqualTo(200);
    assertThat(http.getAsAdmin("/failures?page=99999999999").status()).isEqualTo(200);
  }
}
