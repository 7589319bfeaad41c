package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class LintPageTest {

  private static final String GOOD = "v=TLSRPTv1; rua=mailto:a@b.example";

  @Autowired Http http;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          v=TLSRPTv1; rua=mailto:a@b.example; RUA=x        | error   | RUA=x
          v=TLSRPTv1; rua=mailto:a@b.example,http://c.d    | warning | http://c.d
          v=TLSRPTv1; rua=mailto:a@b.example; foo=bar      | info    | foo=bar
          v=TSLRPTv1; rua=mailto:a@b.example               | error   | v=TSLRPTv1; rua=mailto:a@b.example
          v=TLSRPTv1; rua=mailto:<b>@b.example             | error   | mailto:<b>@b.example
          """)
  void marksTheOffendingPart(String record, String severity, String part) {
    var page = judge(record);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html().select("mark." + severity).eachText()).contains(part);
    assertThat(page.exactly(".marked li code")).isEqualTo(record);
  }

  @Test
  void saysThatARecordIsGoodAndWhereReportsGo() {
    var page = judge(GOOD);

    assertThat(page.text(".verdict.good")).contains("can use it", "no errors, no warnings");
    assertThat(page.text("#judgement .plain")).isEqualTo("mailto:a@b.example");
    assertThat(page.has("mark")).isFalse();
  }

  @Test
  void countsLinesAsTheyWerePasted() {
    var page = judge(";; ANSWER SECTION:\r\n\r\n" + GOOD + "\r\nv=spf1 -all\r\n");

    assertThat(page.html().select(".marked li").eachAttr("value")).containsExactly("3", "4");
    assertThat(page.text(".remarks li.info .source")).startsWith("line 4 ·");
  }

  @Test
  void showsWhatMattersMostFirst() {
    var page = judge("v=spf1 -all\nv=TLSRPTv1; rua=http://c.d; RUA=x");

    assertThat(page.html().select(".remarks > li").stream().map(Element::className))
        .containsExactly("error", "warning", "info");
  }

  /** dig and zone files quote; the record itself has no quotes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v=TLSRPTv1; rua=mailto:a@b.example\"",
        "_smtp._tls.b.example. 300 IN TXT \"v=TLSRPTv1\\; \" \"rua=mailto:a@b.example\" ; x"
      })
  void offersToJudgeWhatStandsBetweenTheQuotes(String line) {
    var page = judge(line);
    assertThat(page.has(".verdict.error")).isTrue();
    assertThat(page.value(".offer input")).isEqualTo(GOOD);

    assertThat(judge(page.value(".offer input")).has(".verdict.good")).isTrue();
  }

  @Test
  void keepsTheTextOnTheWholePage() {
    var page = judge("\n" + GOOD);

    assertThat(page.exactly("#records")).isEqualTo("\n" + GOOD);
    assertThat(page.value("#rua")).contains("tlsrpt.example.net");
  }

  @Test
  void givesWhoTypesTheJudgementAlone() {
    var page = Page.postLive(http, "/record/lint", "records", GOOD + "; RUA=x");

    assertThat(page.answer().text()).doesNotContain("<html", "<form");
    assertThat(page.text("mark.error")).isEqualTo("RUA=x");
    assertThat(page.text("#said[hx-swap-oob]")).contains("cannot use this. 1 error, no warnings.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n\t\n", ";; comment"})
  void waitsForText(String text) {
    for (var page : List.of(judge(text), Page.postLive(http, "/record/lint", "records", text))) {
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.has(".verdict")).isFalse();
      assertThat(page.text(".hint")).contains("appears here");
    }
  }

  @Test
  void hasAnAddressOfItsOwn() {
    var page = Page.of(http.get("/record/lint"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.has("#records")).isTrue();
  }

  @Test
  void judgesAMegabyte() {
    assertThat(judge(GOOD + "\n" + "x".repeat(1_000_000)).text(".remarks"))
        .contains("more than one DNS answer can hold");
    assertThat(judge("\"\\;".repeat(333_333)).text(".remarks"))
        .contains("more than one DNS answer can hold");
    assertThat(judge("a\n".repeat(500_000)).text(".remarks"))
        .contains("more than one DNS answer can hold");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_048_577, 5_000_000})
  void refusesWhatIsLonger(int length) {
    var text = "x".repeat(length);
    var page = judge(text);
    assertThat(page.status()).isEqualTo(413);
    assertThat(page.text("h1")).isEqualTo("Too long");
    assertThat(page.text("main")).contains("1 MB at most");

    var live = Page.postLive(http, "/record/lint", "records", text);
    assertThat(live.status()).isEqualTo(413);
    assertThat(live.answer().text()).doesNotContain("<html");
    assertThat(live.text(".verdict.error")).contains("1 MB at most");
  }

  private Page judge(String records) {
    return Page.post(http, "/record/lint", "records", records);
  }
}
