package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** Who gets which page, and what a browser may do with it. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class PageAccessTest {

  @Autowired Http http;

  @ParameterizedTest
  @ValueSource(strings = {"/record", "/record?domain=", "/record/check", "/nothing"})
  void letsNoPageLoadOrRunWhatIsNotOurs(String path) {
    var answer = http.get(path, "Accept", "text/html");

    assertThat(answer.header("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.header("set-cookie")).isEmpty();
    assertThat(answer.header("cache-control")).contains("no-store");
  }

  @Test
  void loadsEverythingFromHereForAYear() {
    var html = Page.of(http.get("/record")).html();
    var files =
        Stream.concat(
                html.select("[src]").eachAttr("src").stream(),
                html.select("link").eachAttr("href").stream())
            .distinct()
            .toList();

    assertThat(files).hasSize(5);
    for (var file : files) {
      assertThat(file).startsWith("/").doesNotStartWith("//");
      var answer = http.get(file);
      assertThat(answer.status()).as(file).isEqualTo(200);
      assertThat(answer.bytes()).isNotEmpty();
      assertThat(answer.header("cache-control")).isEqualTo("max-age=31536000, public, immutable");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "icon.svg, image/svg+xml",
    "site.css, text/css",
    "site.js, text/javascript",
  })
  void servesFilesByTheirType(String file, String type) {
    assertThat(http.get("/assets/" + file).type()).startsWith(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/nothing.css",
        "/assets/",
        "/assets/..%2f..%2fapplication.yaml",
        "/assets/%2e%2e/%2e%2e/application.yaml",
        "/webjars/",
        "/webjars/htmx.org",
        "/static/assets/site.css",
        "/templates/record.html",
        "/messages.properties",
        "/record/",
        "/record/nothing",
        "/problem",
        "/favicon.ico",
      })
  void servesNothingElse(String path) {
    var answer = http.get(path);

    assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("spring:", "th:");
  }

  @Test
  void asksWhoLooksUpToLogIn() {
    var stranger = Page.of(http.get("/record/check?domain=example.com"));

    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.answer().header("www-authenticate")).startsWith("Bearer");
    assertThat(stranger.text("h1")).isEqualTo("Log in");
    assertThat(stranger.value("[name=next]")).isEqualTo("/record/check?domain=example.com");
    assertThat(Page.of(http.getAsAdmin("/record/check")).has("#checked")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", ""})
  void letsNobodyLookUpWith(String password) {
    var answer = http.get("/record/check", "Authorization", Http.basic("admin", password));

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void showsWhoMistypedAnAddressAPage() {
    var page = Page.of(http.get("/recrod", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text("h1")).isEqualTo("Not found");
    assertThat(page.text("main")).contains("There is nothing at this address. Status 404.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json"})
  void tellsProgramsTheSameInADocument(String accept) {
    var answer = http.get("/recrod", "Accept", accept);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.type()).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({"PUT, /record, 405", "DELETE, /record/lint, 405", "POST, /record/check, 405"})
  void answersWhatAPageDoesNotTakeWithAPage(String method, String path, int status) {
    var page =
        Page.of(
            http.send(
                method,
                path,
                BodyPublishers.noBody(),
                "Authorization",
                Http.basic("admin", "a password for tests")));

    assertThat(page.status()).isEqualTo(status);
    assertThat(page.text("h1")).isEqualTo("Not possible");
    assertThat(page.answer().header("allow")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/record?domain=", "/v1/nothing", "/v1/record/lint"})
  void leavesTheDocumentsOfTheCallsAlone(String path) {
    var answer = http.get(path, "Accept", "text/html");

    assertThat(answer.type()).startsWith("application/problem+json");
  }
}
