package org.tlsrpt.collector.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.BrowserTest;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.TestDns;
import org.tlsrpt.collector.testing.Visit;
import org.tlsrpt.collector.testing.Visit.Eyes;

/** The pages in a browser: what they look like to it, and what they do with JavaScript. */
@BrowserTest
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class PagesIT {

  private static final String BROKEN = "v=TLSRPTv1; rua=mailto:a@b.example,http://c.example; RUA=x";
  private static final TestDns DNS = TestDns.start();

  @LocalServerPort int port;

  @DynamicPropertySource
  static void resolver(DynamicPropertyRegistry registry) {
    registry.add("tlsrpt.dns.resolvers", DNS::address);
  }

  @BeforeAll
  static void publish() {
    Published.example(DNS.zone());
  }

  @AfterAll
  static void stop() {
    DNS.close();
  }

  /** Each width with each scheme; the languages in turn. */
  static Stream<Eyes> eyes() {
    return Stream.of(
        new Eyes(360, ColorScheme.LIGHT, "pt-BR", true),
        new Eyes(360, ColorScheme.DARK, "en", true),
        new Eyes(1280, ColorScheme.LIGHT, "en", true),
        new Eyes(1280, ColorScheme.DARK, "pt-BR", true));
  }

  @ParameterizedTest
  @MethodSource("eyes")
  void haveNoBarrierAndFit(Eyes eyes) {
    try (var visit = Visit.asAdmin(port, eyes)) {
      for (var path :
          List.of(
              "/record",
              "/record?domain=example.com&rua=mailto:a@example.com",
              "/record?domain=*.example.com",
              "/record/check",
              "/record/check?domain=example.com&mx=true&probe=true",
              "/record/check?domain=nothing.example",
              "/nothing")) {
        visit.open(path);
        assertThat(visit.page().content()).as(path).doesNotContain("??");
        assertThat(visit.scrollsSideways()).as(path).isFalse();
        assertThat(visit.barriers()).as(path).isEmpty();
      }
      visit.open("/record").fill("#records", BROKEN);
      assertThat(visit.page().locator("#judgement mark.error")).isVisible();
      assertThat(visit.scrollsSideways()).isFalse();
      assertThat(visit.barriers()).isEmpty();
    }
  }

  /** The page is somebody else's program: whatever it does, it loads nothing from elsewhere. */
  @Test
  void showTheApiAsItDescribesItself() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var call = visit.open("/docs").locator("#operations-Queries-GET_failures");
      assertThat(call).containsText("List failure details");
      call.locator(".opblock-summary-control").click();
      assertThat(call).containsText("any of them");
      assertThat(call).containsText("certificate-expired");
    }
  }

  @Test
  void judgeWhileSomebodyTypes() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var page = visit.open("/record");
      page.locator("#records").pressSequentially(BROKEN);

      assertThat(page.locator("mark.error")).hasText("RUA=x");
      assertThat(page.locator("mark.warning")).hasText("http://c.example");
      assertThat(page.locator("#said"))
          .containsText("Senders cannot use this. 1 error, 1 warning.");
      assertThat(page.locator("#records")).isFocused();

      page.locator("#records").fill("v=TLSRPTv1; rua=mailto:a@b.example");
      assertThat(page.locator(".verdict.good")).isVisible();
      page.locator("#records").fill("");
      assertThat(page.locator(".verdict")).hasCount(0);
      assertThat(visit.path()).isEqualTo("/record");
    }
  }

  @Test
  void makeTheRecordInPlaceAndGoBack() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var page = visit.open("/record");
      page.evaluate("() => { window.stays = true; }");
      page.fill("#domain", "example.com");
      page.press("#domain", "Enter");

      assertThat(page.locator("#made-name")).hasText("_smtp._tls.example.com.");
      assertThat(page.locator("#made")).isFocused();
      assertThat(page).hasURL(Pattern.compile("/record\\?domain=example\\.com$"));
      assertThat(page.evaluate("() => window.stays")).isEqualTo(true);

      page.fill("#domain", "*.example.com");
      page.press("#domain", "Enter");
      assertThat(page.locator("#refusal")).containsText("A wildcard cannot carry a record");
      assertThat(page.locator("#domain")).isFocused();

      page.goBack();
      assertThat(page.locator("#made-name")).hasText("_smtp._tls.example.com.");
      page.goBack();
      assertThat(page.locator("#made-name")).hasCount(0);
    }
  }

  @Test
  void copyEveryShape() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var page = visit.open("/record?domain=example.com");
      var buttons = page.locator("[data-copy]");
      assertThat(buttons).hasCount(9);
      for (var button : buttons.all()) {
        var id = button.getAttribute("data-copy");
        showsWhatIsIn(page, id);
        button.click();
        assertThat(button).hasText("Copied");
        assertThat(page.locator("#said")).hasText("Copied");
        assertThat(page.evaluate("() => navigator.clipboard.readText()"))
            .isEqualTo(page.locator("#" + id).textContent());
      }
    }
  }

  /** Over plain http, which is no secure context, browsers hide their clipboard. */
  @Test
  void copyWithoutTheClipboardOfSecurePages() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      visit.page().addInitScript("delete Navigator.prototype.clipboard");
      var page = visit.open("/record?domain=example.com");
      page.click("[data-copy=shape-text]");

      assertThat(page.locator("[data-copy=shape-text]")).hasText("Copied");
      page.locator("#records").focus();
      page.keyboard().press("Control+V");
      assertThat(page.locator("#records")).hasValue(page.locator("#shape-text").textContent());
    }
  }

  @Test
  void doWithoutJavaScriptWhatTheyDoWithIt() {
    try (var visit = Visit.of(port, Eyes.usual().withoutScript())) {
      var page = visit.open("/record");
      page.fill("#domain", "example.com");
      page.click("#make [type=submit]");
      assertThat(page.locator("#shape-text")).containsText("/v1/tlsrpt/example.com");
      assertThat(page.locator(".copy").first()).isHidden();
      page.click("summary:has-text('Terraform')");
      assertThat(page.locator("#shape-terraform")).isVisible();

      page.fill("#records", BROKEN);
      page.click("#judge [type=submit]");
      assertThat(page.locator("mark.error")).hasText("RUA=x");
      assertThat(page.locator("#records")).hasValue(BROKEN);
      assertThat(page.locator("#judge")).isInViewport();
    }
  }

  @Test
  void lookUpWhatIsPublished() {
    try (var visit = Visit.asAdmin(port, Eyes.usual())) {
      var page = visit.open("/record?domain=example.com");
      page.click("#check [type=submit]");

      assertThat(page.locator("h1")).hasText("DNS check");
      assertThat(page.locator("section[aria-labelledby=found-record] .badge").first())
          .containsText("Valid");
      assertThat(page.locator(".marked")).containsText("v=TLSRPTv1; rua=");
    }
  }

  @Test
  void letTheKeyboardSkipToTheContent() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var page = visit.open("/record");
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      assertThat(page.locator(".skip")).isInViewport();
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      assertThat(page.locator("#domain")).isFocused();
    }
  }

  /** The visit itself fails on a dialog, an error on the console or a request elsewhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=https://evil.example/x onerror=alert(1)>",
        "</textarea><svg onload=alert(1)>",
        "<div hx-get=/record hx-trigger=load hx-on::load=alert(1)>",
        "<style>@import url(https://evil.example/)</style>",
      })
  void runNothingThatIsTyped(String text) {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var page = visit.open("/record");
      page.fill("#records", "v=TLSRPTv1; rua=mailto:" + text);
      assertThat(page.locator(".marked")).containsText(text);
      page.fill("#domain", text);
      page.press("#domain", "Enter");
      assertThat(page.locator("#refusal")).isVisible();
      page.waitForLoadState();
    }
  }

  @Test
  void printEveryShape() {
    try (var visit = Visit.of(port, Eyes.usual())) {
      var page = visit.open("/record?domain=example.com");
      page.emulateMedia(
          new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));

      assertThat(page.locator("#shape-google")).isVisible();
      assertThat(page.locator("#domain")).isHidden();
    }
  }

  private static void showsWhatIsIn(Page page, String id) {
    if (!page.locator("#" + id).isVisible()) {
      page.locator("details:has(#" + id + ") summary").click();
    }
  }
}
