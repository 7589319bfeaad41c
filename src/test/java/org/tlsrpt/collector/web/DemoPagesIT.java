package org.tlsrpt.collector.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.BrowserTest;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Visit;
import org.tlsrpt.collector.testing.Visit.Eyes;

/** The pages about reports in a browser, over what the demo makes up. */
@BrowserTest
@CollectorTest
@ActiveProfiles("demo")
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class DemoPagesIT {

  private static final int ENOUGH = 4_500;

  @LocalServerPort int port;
  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Clock clock;

  @BeforeEach
  void waitForTheDemo() {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> jdbc.queryForObject("select count(*) from report", Integer.class) >= ENOUGH);
  }

  static Stream<Eyes> eyes() {
    return Stream.of(
        new Eyes(360, ColorScheme.LIGHT, "en", true),
        new Eyes(360, ColorScheme.DARK, "pt-BR", true),
        new Eyes(1280, ColorScheme.LIGHT, "pt-BR", true),
        new Eyes(1280, ColorScheme.DARK, "en", true));
  }

  @ParameterizedTest
  @MethodSource("eyes")
  void haveNoBarrierAndFit(Eyes eyes) {
    var quarantined = http.post("/v1/tlsrpt/a.example", "{\"broken").json();
    var failing = http.getAsAdmin("/v1/failures?limit=1").json().get("items").get(0);
    var paths =
        List.of(
            "/",
            "/?from=2020-01-01&to=2020-01-31",
            "/domains",
            "/domains/bakery.example?days=90",
            "/failures",
            "/failures?view=groups&domain=bakery.example",
            "/failures?from=x&mode=y",
            "/reports",
            "/reports/" + failing.get("reportId").asString(),
            "/quarantine",
            "/quarantine/" + quarantined.get("quarantineId").asString(),
            "/status",
            "/tokens",
            "/users",
            "/lint",
            "/login");
    try (var visit = Visit.asAdmin(port, eyes)) {
      for (var path : paths) {
        visit.open(path);
        assertThat(visit.page().content()).as(path).doesNotContain("??");
        assertThat(visit.page().locator(".demo")).isVisible();
        assertThat(visit.scrollsSideways()).as(path).isFalse();
        assertThat(visit.barriers()).as(path).isEmpty();
      }
    }
  }

  @Test
  void askForALoginInPlaceAndLetGoAgain() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var page = visit.open("/failures?domain=bakery.example");
      assertThat(page.locator("h1")).hasText("Log in");
      page.fill("#username", "admin");
      page.fill("#password", "wrong");
      page.click("main [type=submit]");
      assertThat(page.locator("[role=alert]")).hasText("The user name or the password is wrong.");
      page.fill("#username", "admin");
      page.fill("#password", "a password for tests");
      page.press("#password", "Enter");

      assertThat(page).hasURL(Pattern.compile("/failures\\?domain=bakery\\.example$"));
      assertThat(page.locator("tbody tr").first()).containsText("bakery.example");
      page.click(".logout button");
      assertThat(page.locator("main [role=status]")).hasText("You are logged out.");
      assertThat(visit.open("/").locator("h1")).hasText("Log in");
    }
  }

  @Test
  void leadFromTheOverviewToTheReport() {
    try (var visit = Visit.asAdmin(port, Eyes.usual())) {
      var page = visit.open("/");
      assertThat(page.locator(".verdict")).containsText("Certificate expired");
      assertThat(page.locator("[aria-labelledby=domains] tbody tr").first())
          .containsText("bakery.example");
      page.click(".bars a:has-text('mx1.bakery.example')");
      assertThat(page).hasURL(Pattern.compile("/failures\\?from=.*mx=mx1\\.bakery\\.example"));
      page.fill("#f-organization", "Bigmail Inc.");
      page.click(".filters [type=submit]");
      assertThat(page).hasURL(Pattern.compile("organization=Bigmail"));
      page.click("thead a:has-text('Sessions')");
      assertThat(page.locator("[aria-sort=descending]")).hasText("Sessions");
      page.click("tbody tr:first-child a:has-text('open')");
      assertThat(page.locator("h1")).hasText("Report of Bigmail Inc.");
      assertThat(page.locator(".json .key").first()).isVisible();
      page.click("#about ~ dl a:has-text('bakery.example')");
      assertThat(page.locator("h1")).containsText("bakery.example");
      assertThat(page.locator(".failing").first()).containsText("Renew the certificate");
      assertThat(page.locator("[aria-labelledby=reporters] tr:has-text('Slowpost Ltd.')"))
          .containsText("silent for 2");
    }
  }

  /** Who sees one domain alone sees nothing, until there is a report about it. */
  @ParameterizedTest
  @MethodSource("eyes")
  void turnIntoTheOverviewWithTheFirstReport(Eyes eyes) {
    var domain = "new-" + eyes.width() + "-" + eyes.scheme().name().toLowerCase(Locale.ROOT);
    var made =
        http.post(
            "/v1/users",
            """
            {"name":"%s","password":"a password for tests","scope":"read",
             "domains":["%s.example"]}"""
                .formatted(domain, domain),
            "Authorization",
            Http.basic("admin", "a password for tests"));
    assertThat(made.status()).isEqualTo(201);
    try (var visit = Visit.as(port, eyes, domain, "a password for tests")) {
      var page = visit.open("/");
      assertThat(page.locator("#first-record")).containsText(domain + ".example");
      assertThat(visit.scrollsSideways()).isFalse();
      assertThat(visit.barriers()).isEmpty();

      Sent.about(domain + ".example", LocalDate.now(clock).minusDays(1), "Google", 5).to(http);

      assertThat(page.locator(".tiles"))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
    }
  }

  @Test
  void turnPages() {
    try (var visit = Visit.asAdmin(port, Eyes.usual())) {
      var page =
          visit.open("/failures?resultType=certificate-expired&resultType=starttls-not-supported");
      page.click("a[rel=next]");
      assertThat(page).hasURL(Pattern.compile("resultType=starttls.*page=2"));
      page.click("a[rel=prev]");
      assertThat(page).hasURL(Pattern.compile("page=1"));
    }
  }

  @Test
  void drawTheChartAndSayTheSameWithoutJavaScript() {
    try (var visit = Visit.asAdmin(port, Eyes.usual())) {
      var page = visit.open("/");
      assertThat(page.locator(".chart canvas")).isVisible();
      page.locator(".chart .u-over").hover();
      assertThat(page.locator(".tip")).containsText("succeeded");
    }
    try (var visit = Visit.asAdmin(port, Eyes.usual().withoutScript())) {
      var page = visit.open("/");
      assertThat(page.locator(".chart")).isHidden();
      page.click(".trend summary");
      assertThat(page.locator(".trend tbody tr").first()).isVisible();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/domains/bakery.example?days=90", "/failures", "/reports", "/quarantine"})
  void weighLittle(String path) {
    try (var visit = Visit.asAdmin(port, Eyes.usual())) {
      visit.open(path).waitForLoadState();
      var bytes =
          (Number)
              visit
                  .page()
                  .evaluate(
                      "() => performance.getEntries()"
                          + ".reduce((sum, entry) => sum + (entry.encodedBodySize ?? 0), 0)");

      assertThat(bytes.longValue()).isBetween(10_000L, 500_000L);
    }
  }

  /** The visit itself fails on a dialog, an error on the console or a request elsewhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)>",
        "\" autofocus onfocus=alert(1) x=\"</code></pre><svg onload=alert(1)>",
        "javascript:alert(1)//\u202Egnp.<div hx-get=/example hx-trigger=load>",
      })
  void runNothingThatASenderWrote(String text) {
    var day = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(1);
    var id = HostileReportTest.send(http, day, text);
    try (var visit = Visit.asAdmin(port, Eyes.usual())) {
      for (var path : HostileReportTest.pages(id)) {
        visit.open(path).waitForLoadState();
        assertThat(visit.barriers()).as(path).isEmpty();
      }
    } finally {
      jdbc.update("delete from report where domain = 'victim.example'");
    }
  }
}
