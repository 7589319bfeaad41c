package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

@CollectorTest
class LintCallTest {

  private static final String CONFORMING =
      """
      {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z",
       "end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"tls@sender.example",
       "report-id":"1","policies":[{"policy":{"policy-type":"sts",
       "policy-string":["version: STSv1","mode: enforce","mx: mx.example.com","max_age: 86400"],
       "policy-domain":"example.com","mx-host":["mx.example.com"]},
       "summary":{"total-successful-session-count":7,"total-failure-session-count":0},
       "failure-details":[]}]}""";

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;

  @Test
  void findsNoErrorInAConformingReportAndStoresNothing() throws IOException {
    var before = jdbc.queryForObject("select count(*) from report", Long.class);
    var answer = http.post("/v1/lint", gzip(CONFORMING), "Content-Type", "application/tlsrpt+gzip");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("conforming").asBoolean()).as(answer.toString()).isTrue();
    answer
        .json()
        .get("findings")
        .forEach(f -> assertThat(f.get("severity").asString()).isNotEqualTo("error"));
    assertThat(jdbc.queryForObject("select count(*) from report", Long.class)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no time zone       | 00:00:00Z"    | 00:00:00"      | error   | RFC 3339 §5.6 | date-range.start-datetime
          a count as text    | :7,           | :"7",          | error   | RFC 8460 §4.4 | policies[0].summary.total-successful-session-count
          an unknown type    | "sts"         | "quantum"      | warning | RFC 8460      | policies[0].policy.policy-type
          cut                | "failure-details":[]}]} | "       | error   | RFC 8259      |
          no report          | "policies"    | "else"         | error   | RFC 8460 §4.4 |
          """)
  void findsWhatStandsAgainstTheRfc(
      String what, String text, String instead, String severity, String rule, String path)
      throws IOException {
    var body = gzip(CONFORMING.replaceFirst(Pattern.quote(text), instead));

    var answer = http.post("/v1/lint", body, "Content-Type", "application/tlsrpt+gzip");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("findings"))
        .as(answer.toString())
        .anySatisfy(
            finding -> {
              assertThat(finding.get("severity").asString()).isEqualTo(severity);
              assertThat(finding.get("rule").asString()).startsWith(rule);
              assertThat(finding.get("path").asString()).isEqualTo(path == null ? "" : path);
              assertThat(finding.get("message").asString()).isNotBlank();
            });
    assertThat(answer.json().get("conforming").asBoolean()).isEqualTo(!severity.equals("error"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', application/tlsrpt+json, error",
    "<html>, application/tlsrpt+json, error",
    "{}, application/json, warning",
    "{}, '', warning",
  })
  void judgesBodiesAndHeadersToo(String body, String type, String severity) {
    var answer =
        type.isEmpty()
            ? http.post("/v1/lint", body)
            : http.post("/v1/lint", body, "Content-Type", type);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("findings").get(0).get("severity").asString()).isEqualTo(severity);
    assertThat(answer.json().get("findings").get(0).get("rule").asString())
        .isEqualTo("RFC 8460 §5.4");
  }

  @Test
  void refusesABodyOverTheLimit() {
    var answer = http.post("/v1/lint", new byte[10 * 1024 * 1024 + 1]);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.type()).startsWith("application/problem+json");
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
