package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.dnsrecord.RecordFormat;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** The generator, as a browser without JavaScript sees it. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class RecordPageTest {

  private static final String HERE = "https://tlsrpt.example.net/v1/tlsrpt/";

  @Autowired Http http;

  @Test
  void showsAFormThatNamesThisCollector() {
    var page = get("/record");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.answer().type()).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.value("#domain")).isEmpty();
    assertThat(page.value("#rua")).isEqualTo(HERE + "{domain}");
    assertThat(page.value("#ttl")).isEqualTo("3600");
    assertThat(page.has("#made")).isFalse();
  }

  @Test
  void showsNameAndValueToPublish() {
    var page = get("/record?domain=example.com");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.exactly("#made-name")).isEqualTo("_smtp._tls.example.com.");
    assertThat(page.exactly("#shape-text")).isEqualTo("v=TLSRPTv1; rua=" + HERE + "example.com");
    assertThat(page.value("#domain")).isEqualTo("example.com");
    assertThat(page.value("#checked")).isEqualTo("example.com");
  }

  @ParameterizedTest
  @EnumSource
  void showsEveryShapeAsTheCallGivesIt(RecordFormat format) {
    var query = "?domain=example.com&ttl=60&rua=mailto:a%2525b@d.example&rua=" + HERE + "x";
    var page = get("/record" + query);
    var shape = page.html().select("[data-shape=" + format.word() + "]");

    assertThat(shape).hasSize(1);
    assertThat(shape.first().wholeText() + "\n")
        .isEqualTo(http.get("/v1/record" + query + "&format=" + format.word()).text());
    assertThat(page.has("button[data-copy=" + shape.first().id() + "]")).isTrue();
  }

  @Test
  void saysWhatToKnowInWords() {
    var page = get("/record?domain=example.com&rua=mailto:a@example.com");

    assertThat(page.html().select(".remarks .badge").eachText()).contains("Warning", "Note");
    assertThat(page.text(".remarks li.warning"))
        .contains("Reports about broken mail to example.com", "destination 1", "RFC 8460 §5.3");
  }

  @Test
  void takesAFormAndGivesItsAnswerAnAddress() {
    var sent =
        Page.post(
            http,
            "/record",
            "domain",
            " bücher.example ",
            "rua",
            "mailto:a+b@d.example\r\n\r\n" + HERE + "{domain}\r\n",
            "ttl",
            "60");

    assertThat(sent.status()).isEqualTo(303);
    var page = get(sent.answer().header("location").replaceFirst("#make$", ""));
    assertThat(page.exactly("#shape-text"))
        .isEqualTo("v=TLSRPTv1; rua=mailto:a+b@d.example," + HERE + "xn--bcher-kva.example");
    assertThat(page.value("#domain")).isEqualTo("bücher.example");
    assertThat(page.value("#rua")).isEqualTo("mailto:a+b@d.example\n" + HERE + "{domain}");
    assertThat(page.value("#ttl")).isEqualTo("60");
  }

  @Test
  void leavesOutOfTheAddressWhatGoesWithoutSaying() {
    var sent =
        Page.post(
            http, "/record", "domain", "example.com", "rua", HERE + "{domain}", "ttl", "3600");

    assertThat(sent.answer().header("location")).isEqualTo("/record?domain=example.com#make");
  }

  @ParameterizedTest
  @CsvSource({
    "domain=, domain, The domain is missing",
    "domain=*.example.com, domain, A wildcard cannot carry",
    "domain=192.0.2.1, domain, IP address",
    "domain=a%00b.example, domain, a control character",
    "domain=example.com&rua=http://r.example, rua, http: is not supported",
    "domain=example.com&rua=mailto:a@b.example%0atls@example.com, rua, mailto: is missing",
    "domain=example.com&ttl=-1, ttl, The TTL must be from 0",
    "domain=example.com&ttl=soon, ttl, The TTL must be from 0",
    "domain=example.com&ttl=99999999999999, ttl, The TTL must be from 0",
  })
  void saysAtTheFieldWhatIsWrong(String query, String field, String reason) {
    var page = get("/record?" + query);
    var input = page.html().select("#make [name=" + field + "]").first();

    assertThat(page.status()).isEqualTo(422);
    assertThat(input.attr("aria-invalid")).isEqualTo("true");
    assertThat(input.attr("aria-describedby")).startsWith("refusal ");
    assertThat(page.text("#refusal")).contains(reason);
    assertThat(page.html().select("[aria-invalid]")).hasSize(1);
    assertThat(page.has("#made")).isFalse();
  }

  @Test
  void answersFormsThatAreTooLongForAnAddress() {
    var page =
        Page.post(
            http, "/record", "domain", "example.com", "rua", "mailto:a@b.example\n".repeat(1_000));

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.text("#refusal")).contains("1000 destinations", "at most");
  }

  @Nested
  @TestPropertySource(properties = "tlsrpt.public-url=http://localhost:8080")
  class BeforeThereIsAnHttpsAddress {

    @Test
    void saysWhatIsMissing() {
      var page = get("/record?domain=example.com&rua=mailto:a@b.example&rua=" + OWN);

      assertThat(page.exactly("#shape-text"))
          .isEqualTo(
              "v=TLSRPTv1; rua=mailto:a@b.example,http://localhost:8080/v1/tlsrpt/example.com");
      assertThat(page.text(".remarks li.error")).contains("tlsrpt.public-url", "destination 2");
    }

    private static final String OWN = "http://localhost:8080/v1/tlsrpt/%7Bdomain%7D";
  }

  private Page get(String path) {
    return Page.of(http.get(path));
  }
}
