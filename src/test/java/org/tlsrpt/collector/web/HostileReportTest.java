package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
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

/** Every field of a report means to be more than text, on every page that shows it. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class HostileReportTest {

  /** In a report so that each of its fields carries the text. */
  static String send(Http http, LocalDate day, String text) {
    return Sent.about("victim.example", day, text, 3)
        .with("contact-info", text)
        .with("report-id", text)
        .withPolicy("policy-type", text)
        .withPolicy("policy-string", List.of("mode: " + text, text))
        .withPolicy("mx-host", List.of(text))
        .failing(
            text,
            text,
            2,
            Map.of(
                "receiving-mx-helo", text,
                "additional-information", text,
                "failure-reason-code", text,
                "receiving-ip", text))
        .to(http);
  }

  static List<String> pages(String id) {
    return List.of(
        "/",
        "/domains",
        "/domains/victim.example",
        "/failures",
        "/failures?sort=mx",
        "/failures?view=groups",
        "/reports",
        "/reports/" + id);
  }

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;

  private LocalDate day;

  @BeforeEach
  void emptyTables() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    day = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus=alert(1) x='",
        "</code></pre><script>alert(1)</script>",
        "${'bo'+'om'} *{'bo'+'om'} __${'bo'+'om'}__ ~{layout} [[${'bo'+'om'}]] [(${'bo'+'om'})]",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://a.example/",
        "data:text/html,<script>alert(1)</script>",
        "https://user:password@evil.example/",
        "//evil.example/",
        "<div hx-get=/example hx-trigger=load style=color:red>",
        "<!--",
        "{domain} %s %7Bx%7D {0}",
      })
  void staysText(String text) {
    var id = send(http, day, text);
    for (var path : pages(id)) {
      var page = Sent.asAdmin(http, path);

      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.html().select("script:not([src])")).as(path).isEmpty();
      assertThat(page.html().select("img")).as(path).hasSize(1);
      assertThat(page.html().select("[onerror],[onfocus],[style],[hx-trigger]")).as(path).isEmpty();
      assertThat(page.html().select("main [autofocus]")).as(path).isEmpty();
      assertThat(page.html().select("a").eachAttr("href"))
          .as(path)
          .allSatisfy(href -> assertThat(href).matches("(/(?!/)|#).*"));
      assertThat(page.text("main")).as(path).doesNotContain("boom");
    }
    assertThat(Sent.asAdmin(http, "/failures").text("tbody")).contains(text.strip());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x07, 0x1B, 0x7F, 0x85, 0x200B, 0x202E, 0x2066, 0x2028, 0xFEFF, 0xE0041})
  void becomesVisible(int codePoint) {
    var character = Character.toString(codePoint);
    var id = send(http, day, "left" + character + "right");
    for (var path : pages(id)) {
      var html = Sent.asAdmin(http, path).answer().text();

      assertThat(html).as(path).doesNotContain(character);
    }
    assertThat(Sent.asAdmin(http, "/failures").text("tbody"))
        .containsPattern("left(U\\+%04X)?right".formatted(codePoint));
  }

  @Test
  void isCutWhereNobodyReadsOn() {
    var id = send(http, day, "x".repeat(20_000));

    assertThat(Sent.asAdmin(http, "/failures").answer().bytes()).hasSizeLessThan(40_000);
    assertThat(Sent.asAdmin(http, "/reports/" + id).status()).isEqualTo(200);
  }

  @Test
  void isNoSurpriseAsADomain() {
    for (var domain : List.of("a/b", "../..", "a b", "%2e", "<b>", "a?b#c", "\u202Ecom")) {
      Sent.about("x.example", day, "Google", 1).withPolicy("policy-domain", domain).to(http);
    }
    var page = Sent.asAdmin(http, "/domains");

    assertThat(page.status()).isEqualTo(200);
    for (var href : page.html().select("tbody a").eachAttr("href")) {
      assertThat(http.getAsAdmin(href).status()).as(href).isEqualTo(200);
    }
  }
}
