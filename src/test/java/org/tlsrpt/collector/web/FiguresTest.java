package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Numbers and days as readers write them, and how domains are judged by them. */
class FiguresTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

  private final Figures say = new Figures();

  @AfterEach
  void forgetLocale() {
    LocaleContextHolder.resetLocaleContext();
    RequestContextHolder.resetRequestAttributes();
  }

  @ParameterizedTest
  @CsvSource({
    "en, en-US, '1,234,567', 'Mar 1, 2026'",
    "en, en-GB, '1,234,567', 1 Mar 2026",
    "pt, pt-BR, 1.234.567, 1 de mar. de 2026",
    "en, de-DE, '1,234,567', 'Mar 1, 2026'",
  })
  void followTheReadersCountryWhereItSpeaksThePagesLanguage(
      String page, String reader, String number, String day) {
    var request = new MockHttpServletRequest();
    request.addPreferredLocale(Locale.forLanguageTag(reader));
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    LocaleContextHolder.setLocale(Locale.forLanguageTag(page));

    assertThat(say.number(1_234_567)).isEqualTo(number);
    assertThat(say.day(LocalDate.of(2026, 3, 1))).isEqualTo(day);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, –",
    "0, 5, 0%",
    "1, 3, 33.3%",
    "1, 1000000, < 0.01%",
    "999999, 1000000, > 99.99%",
    "5, 5, 100%",
  })
  void roundNoShareToNothingOrAll(long part, long whole, String share) {
    LocaleContextHolder.setLocale(Locale.ENGLISH);

    assertThat(say.share(part, whole)).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({"5, 0, –", "110, 100, +10%", "50, 100, -50%", "3000, 100, × 30", "0, 7, -100%"})
  void compare(long now, long before, String change) {
    LocaleContextHolder.setLocale(Locale.ENGLISH);

    assertThat(say.change(now, before)).isEqualTo(change);
  }

  @Test
  void sayThatTimesAreUtc() {
    LocaleContextHolder.setLocale(Locale.UK);

    assertThat(say.moment(Instant.parse("2026-03-01T23:30:00Z"))).contains("23:30").endsWith("UTC");
    assertThat(say.moment(null)).isEqualTo("–");
    assertThat(say.day(LocalDate.EPOCH)).isEqualTo("–");
  }

  @ParameterizedTest
  @CsvSource({
    ", 0, 0, SILENT",
    "2026-03-06, 5, 5, SILENT",
    "2026-03-07, 5, 0, HEALTHY",
    "2026-03-09, 0, 0, HEALTHY",
    "2026-03-09, 999, 1, SHAKY",
    "2026-03-09, 99, 1, FAILING",
    "2026-03-09, 0, 1, FAILING",
  })
  void judgeDomains(LocalDate last, long successful, long failed, DomainState state) {
    assertThat(DomainState.of(last, successful, failed, TODAY)).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    ", , , 2026-02-09, 2026-03-10,",
    "7, , , 2026-03-04, 2026-03-10,",
    "90, , , 2025-12-11, 2026-03-10,",
    "x, , , 2026-02-09, 2026-03-10, period.unknown",
    ", 2026-01-01, 2026-01-01, 2026-01-01, 2026-01-01,",
    ", 2026-03-01, , 2026-03-01, 2026-03-10,",
    ", , 2026-01-30, 2026-01-01, 2026-01-30,",
    ", 2026-01-02, 2026-01-01, 2026-02-09, 2026-03-10, period.backwards",
    ", 2020-01-01, 2026-01-01, 2026-02-09, 2026-03-10, period.long",
    ", , +999999999-01-01, 2026-02-09, 2026-03-10, period.unknown",
  })
  void coverAPeriod(
      String days, String from, String to, LocalDate first, LocalDate last, String problem) {
    var parameters = new LinkedMultiValueMap<String, String>();
    parameters.add("days", days);
    parameters.add("from", from);
    parameters.add("to", to);

    var period = Period.of(parameters, TODAY);

    assertThat(period.from()).isEqualTo(first);
    assertThat(period.to()).isEqualTo(last);
    assertThat(period.problem()).isEqualTo(problem);
    assertThat(period.list()).hasSize(period.days());
    assertThat(period.before().plusDays(period.days())).isEqualTo(first);
  }
}
