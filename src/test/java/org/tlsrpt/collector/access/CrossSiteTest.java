package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** What pages of other sites can do with the login a browser remembers: nothing. */
@CollectorTest
class CrossSiteTest {

  private static final String ENTRY = "/v1/quarantine/00000000-0000-8000-8000-000000000000";

  @Autowired Http http;

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, ''",
    "Sec-Fetch-Site, SAME-ORIGIN",
    "Origin, https://other.example",
    "Origin, null",
    "Origin, http://localhost",
    "Origin, http://127.0.0.1",
  })
  void cannotChangeAnything(String header, String value) {
    for (var call :
        new String[] {
          "POST /v1/quarantine/replay",
          "POST " + ENTRY + "/replay",
          "DELETE " + ENTRY,
          "DELETE /v1/domains/example.com",
          "PUT /v1/x"
        }) {
      var parts = call.split(" ", 2);
      var answer = http.sendAsAdmin(parts[0], parts[1], header, value);

      assertThat(answer.status()).as(call).isEqualTo(403);
      assertThat(answer.json().get("type").asString()).endsWith(":cross-site");
    }
  }

  @Test
  void cannotTalkAnOwnOriginIntoACallTheBrowserCallsCrossSite() {
    var answer =
        http.sendAsAdmin("DELETE", ENTRY, "Sec-Fetch-Site", "cross-site", "Origin", origin("http"));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void canFollowLinksHere() {
    var answer = http.sendAsAdmin("GET", "/v1/quarantine", "Sec-Fetch-Site", "cross-site");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void doesNotKeepSendersFromDelivering() {
    var answer = http.post("/v1/tlsrpt", "{\"report-id\":\"1\",\"policies\":[]}", "Origin", "null");

    assertThat(answer.status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none"})
  void isNotWhatOurPagesAre(String site) {
    assertThat(http.sendAsAdmin("DELETE", ENTRY, "Sec-Fetch-Site", site).status()).isEqualTo(404);
  }

  @Test
  void isNotWhatOurPagesAreInABrowserThatTellsTheOriginOnly() {
    // https as well: a proxy may have taken the TLS off.
    Stream.of("http", "https")
        .map(scheme -> http.sendAsAdmin("DELETE", ENTRY, "Origin", origin(scheme)).status())
        .forEach(status -> assertThat(status).isEqualTo(404));
  }

  @Test
  void isNotWhatScriptsAre() {
    assertThat(http.sendAsAdmin("DELETE", ENTRY).status()).isEqualTo(404);
  }

  private String origin(String scheme) {
    return scheme + "://127.0.0.1:" + http.port();
  }
}
