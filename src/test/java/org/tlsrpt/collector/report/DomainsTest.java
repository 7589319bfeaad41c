package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.with;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          example.com,              example.com,
          EXAMPLE.com,              example.com,
          example.com.,             example.com,
          ' example.com ',          example.com,
          mx_1.example.com,         mx_1.example.com,
          your-domain,              your-domain,
          192.0.2.1,                192.0.2.1,
          xn--mnchen-3ya.example,   xn--mnchen-3ya.example,
          München.example,          xn--mnchen-3ya.example, domain-unicode
          ＥＸＡＭＰＬＥ.com,        example.com,            domain-unicode
          аpple.example,            xn--pple-43d.example,   domain-unicode
          faß.example,              faß.example,            domain-invalid
          example..com,             example..com,           domain-invalid
          .example.com,             .example.com,           domain-invalid
          *.Example.com,            *.example.com,          domain-invalid
          a b.example,              a b.example,            domain-invalid
          <script>.example,         <script>.example,       domain-invalid
          """)
  void writesDomainsInALabels(String text, String stored, @Nullable String code) {
    var document = with("policy-domain", "\"" + text + "\"");

    assertThat(document.policy().policy().domain()).isEqualTo(stored);
    assertThat(document.codes()).isEqualTo(code == null ? List.of() : List.of(code));
  }

  @Test
  void limitsLabelsAndNames() {
    var label = "a".repeat(63);
    assertThat(Domains.isName(label + ".example")).isTrue();
    assertThat(Domains.isName(label + "a.example")).isFalse();
    var name = (label + ".").repeat(3) + "b".repeat(61);
    assertThat(Domains.isName(name)).isTrue();
    assertThat(Domains.isName(name + "b")).isFalse();
  }

  @Test
  void cutsWhatIsNoName() {
    var long1 = with("policy-domain", "\"" + "a".repeat(300) + "\"");
    assertThat(long1.policy().policy().domain()).isEqualTo("a".repeat(255));
    assertThat(long1.codes()).containsExactly("domain-invalid");

    // İ becomes two characters in lower case, so cutting comes last.
    var growing = with("policy-domain", "\"" + "İ".repeat(200) + " \uD83D\uDCEB\"");
    assertThat(growing.policy().policy().domain()).hasSizeLessThanOrEqualTo(255);
    assertThat(growing.codes()).containsExactly("domain-invalid");
  }

  @ParameterizedTest
  @CsvSource({".", "' '", "''"})
  void aDomainOfNothingIsMissing(String text) {
    var document = with("policy-domain", "\"" + text + "\"");

    assertThat(document.policy().policy().domain()).isEqualTo("unknown");
    assertThat(document.codes()).containsExactly("policy-domain-missing");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          MX1.Example.COM.,     mx1.example.com
          *.Example.com,        *.example.com
          mx.München.example,   mx.xn--mnchen-3ya.example
          no host at all,       no host at all
          """)
  void hostsGetTheSameForm(String text, String stored) {
    assertThat(with("receiving-mx-hostname", "\"" + text + "\"").detail().receivingMxHostname())
        .isEqualTo(stored);
    assertThat(with("mx-host", "[\"" + text + "\"]").policy().policy().mxHosts())
        .containsExactly(stored);
  }
}
