package org.tlsrpt.collector.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

/** Makes the pictures: {@code mvn test -Dtest='*Screenshots' -DexcludedGroups=}. */
@Tag("screenshots")
@BrowserTest
@CollectorTest
@ActiveProfiles("demo")
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class PageScreenshots {

  private static final Map<String, String> PAGES =
      Map.of(
          "overview", "/",
          "domain", "/domains/bakery.example",
          "failures", "/failures?view=groups");

  private static final String PASSWORD = "a password for pictures";

  private static final String FAILED_REPORT =
      "select id from report where failure_details > 1 order by day desc, id limit 1";

  /** Those that nobody shows but everybody should have looked at. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("domains", "/domains"),
          Map.entry("overview-90", "/?days=90"),
          Map.entry("failures-list", "/failures"),
          Map.entry("reports", "/reports"),
          Map.entry("quarantine", "/quarantine"),
          Map.entry("tokens", "/tokens"),
          Map.entry("users", "/users"),
          Map.entry("status", "/status"),
          Map.entry("lint", "/lint"),
          Map.entry("record", "/record"),
          Map.entry("record-lint", "/record/lint?record=v%3DTLSRPTv1%3B+rua%3Dmailto%3Aa"),
          Map.entry("record-check", "/record/check"),
          Map.entry("nothing", "/nothing-here"));

  @LocalServerPort int port;
  @Autowired JdbcTemplate jdbc;
  @Autowired Http http;

  @BeforeEach
  void waitForTheDemo() {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> jdbc.queryForObject("select count(*) from report", Integer.class) >= 5_300);
  }

  /** Into target/pages, whole, to be looked at. */
  @ParameterizedTest
  @CsvSource({"360, LIGHT", "360, DARK", "1280, LIGHT", "1280, DARK"})
  void showEveryPage(int width, ColorScheme scheme) {
    var eyes = new Eyes(width, scheme, "en", true);
    var pages = new TreeMap<>(OTHERS);
    pages.putAll(PAGES);
    pages.put("report", "/reports/" + jdbc.queryForObject(FAILED_REPORT, String.class));
    pages.put("quarantined", "/quarantine/" + quarantined());
    try (var visit = Visit.asAdmin(port, eyes)) {
      pages.forEach((name, path) -> show(visit, name, path, eyes));
    }
    try (var visit = Visit.of(port, eyes)) {
      show(visit, "login", "/login", eyes);
    }
    try (var visit = Visit.as(port, eyes, whoSeesNothing(), PASSWORD)) {
      show(visit, "nothing-yet", "/", eyes);
    }
  }

  private static void show(Visit visit, String name, String path, Eyes eyes) {
    var page = visit.open(path);
    page.waitForLoadState();
    var file = "%s-%s-%s.png".formatted(name, eyes.width(), eyes.scheme());
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/pages", file)));
  }

  private String quarantined() {
    return http.post("/v1/tlsrpt/bakery.example", "{\"organization-name\": \"cut sho")
        .json()
        .get("quarantineId")
        .asString();
  }

  private String whoSeesNothing() {
    http.post(
        "/v1/users",
        """
        {"name":"nobody","password":"%s","scope":"read","domains":["new.example"]}"""
            .formatted(PASSWORD),
        "Authorization",
        Http.basic("admin", Http.PASSWORD));
    return "nobody";
  }

  @ParameterizedTest
  @CsvSource({"360, LIGHT", "360, DARK", "1280, LIGHT", "1280, DARK"})
  void showThePagesAboutReports(int width, ColorScheme scheme) {
    try (var visit = Visit.asAdmin(port, new Eyes(width, scheme, "en", true))) {
      PAGES.forEach(
          (name, path) -> {
            var page = visit.open(path);
            assertThat(page.locator("main h1")).isVisible();
            page.waitForLoadState();
            var file =
                "%s-%s-%s.png".formatted(name, width, scheme.name().toLowerCase(Locale.ROOT));
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("docs/images", file)));
          });
    }
  }
}
