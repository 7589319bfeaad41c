package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** Text that means to be more than text. */
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class HostileTextTest {

  @Autowired Http http;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus=alert(1) x='",
        "</textarea><script>alert(1)</script>",
        "${7*7} *{7*7} #{7*7} __${7*7}__ ~{layout} [[${7*7}]] [(${7*7})]",
        "javascript:alert(1)",
        "<!--",
        "]]>",
        "&#x3c;script&#x3e;",
      })
  void staysText(String text) {
    var elements = Page.of(http.get("/record")).html().select("*").eachAttr("id").size();
    for (var page :
        List.of(
            Page.of(http.get("/record?domain=" + Page.encoded(text))),
            Page.of(http.get("/record?domain=a.example&rua=" + Page.encoded(text))),
            Page.of(http.get("/record?domain=a.example&ttl=" + Page.encoded(text))),
            Page.post(http, "/record/lint", "records", text),
            Page.post(http, "/record/lint", "records", "v=TLSRPTv1; rua=https://a.b/" + text))) {
      assertThat(page.status()).as(page.answer().toString()).isIn(200, 422);
      assertThat(page.html().select("script:not([src])")).isEmpty();
      assertThat(page.html().select("img")).hasSize(1);
      assertThat(page.html().select("[onerror],[onfocus],[autofocus],[style]")).isEmpty();
      assertThat(page.html().select("a[href^=javascript]")).isEmpty();
      assertThat(page.html().select("*").eachAttr("id")).hasSizeGreaterThanOrEqualTo(elements);
      assertThat(page.text("main")).doesNotContain("49");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x07, 0x1B, 0x7F, 0x85, 0x200B, 0x202E, 0x2066, 0x2028, 0xFEFF, 0xE0041})
  void becomesVisible(int codePoint) {
    var text = "v=TLSRPTv1; rua=mailto:a@b" + Character.toString(codePoint) + ".example";
    var page = Page.post(http, "/record/lint", "records", text);

    assertThat(page.text(".marked .invisible")).isEqualTo("U+%04X".formatted(codePoint));
    assertThat(page.text(".marked") + page.text(".remarks"))
        .doesNotContain(Character.toString(codePoint));
  }

  @Test
  void becomesVisibleInARefusal() {
    var page = Page.of(http.get("/record?domain=" + Page.encoded("a\u202Egnp.example")));

    assertThat(page.text("#refusal code")).isEqualTo("a<U+202E>gnp.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/record?domain=%ff%fe",
        "/record?domain=a.example&domain=b.example",
        "/record?domain=a.example&ttl=&rua=",
        "/record?domain=a.example&colour=red",
        "/record?%00=1",
        "/record/lint?records=x",
      })
  void isNoSurprise(String path) {
    assertThat(http.get(path).status()).isLessThan(500);
  }

  @Test
  void isNoSurpriseWhateverItIs() {
    var random = new Random(6);
    var parts =
        List.of(
            "v=TLSRPTv1;",
            "rua=",
            "mailto:",
            "https://",
            "a@b",
            ",",
            ";",
            "\"",
            "\\",
            "\n",
            "\r",
            "\t",
            "\0",
            "<",
            "&",
            "{domain}",
            "${",
            "%25",
            "%",
            "xn--",
            "é",
            "\u202E",
            "\uD83D\uDE00",
            ".",
            "_smtp._tls.",
            " IN TXT ",
            "9".repeat(40),
            "x".repeat(70));
    for (int run = 0; run < 400; run++) {
      var text = new StringBuilder();
      random.ints(random.nextInt(40), 0, parts.size()).forEach(at -> text.append(parts.get(at)));
      var field = List.of("domain", "rua", "ttl").get(random.nextInt(3));
      var made = Page.post(http, "/record", "domain", "a.example", field, text.toString());
      var judged = Page.post(http, "/record/lint", "records", text.toString());

      assertThat(made.status()).as(text.toString()).isIn(303, 200, 422);
      assertThat(judged.status()).as(text.toString()).isEqualTo(200);
    }
  }
}
