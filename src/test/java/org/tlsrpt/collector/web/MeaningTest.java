package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;

class MeaningTest {

  private final Meaning meaning = new Meaning();

  @AfterEach
  void forgetLocale() {
    LocaleContextHolder.resetLocaleContext();
  }

  /** RFC 8460 §4.3, all of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "starttls-not-supported",
        "certificate-host-mismatch",
        "certificate-expired",
        "certificate-not-trusted",
        "validation-failure",
        "tlsa-invalid",
        "dnssec-invalid",
        "dane-required",
        "sts-policy-fetch-error",
        "sts-policy-invalid",
        "sts-webpki-invalid"
      })
  void explainsEveryRegisteredResultType(String type) {
    assertThat(meaning.types()).hasSize(11).contains(type);
    assertThat(meaning.of(type).section()).startsWith("RFC 8460 §4.3.");
  }

  @Test
  void saysEverythingInBothLanguages() {
    meaning
        .entries()
        .forEach(
            (word, entry) ->
                Stream.of(entry.names(), entry.meanings(), entry.advice())
                    .forEach(
                        texts -> {
                          assertThat(texts).as(word).doesNotHaveDuplicates();
                          assertThat(texts).as(word).allSatisfy(it -> assertThat(it).isNotBlank());
                        }));
  }

  @ParameterizedTest
  @CsvSource({
    "X509_V_ERR_CERT_HAS_EXPIRED, Certificate has expired",
    "x509_v_err_unable_to_get_issuer_cert_locally, Issuer is missing",
    "tls-remote-alert-70-protocol-version-not-supported, No common TLS version",
  })
  void knowsReasonCodesByHowTheyBegin(String code, String name) {
    assertThat(meaning.reason(code).name()).isEqualTo(name);
  }

  @Test
  void knowsNothingOfOthers() {
    assertThat(meaning.of("certificate-expired-x")).isNull();
    assertThat(meaning.reason("EXPIRED")).isNull();
    assertThat(meaning.reason(null)).isNull();
    assertThat(meaning.name("<b>")).isEqualTo("<b>");
  }

  @Test
  void speaksTheReadersLanguage() {
    LocaleContextHolder.setLocale(Locale.of("pt", "BR"));
    assertThat(meaning.name("certificate-expired")).isEqualTo("Certificado expirado");
    LocaleContextHolder.setLocale(Locale.ENGLISH);
    assertThat(meaning.name("Certificate-Expired")).isEqualTo("Certificate expired");
  }
}
