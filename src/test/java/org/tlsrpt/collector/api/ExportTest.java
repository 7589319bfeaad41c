package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.context.WebApplicationContext;
import org.tlsrpt.collector.store.Export;
import org.tlsrpt.collector.store.Exports;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.RawHttp;
import tools.jackson.databind.json.JsonMapper;

/** How exports begin, end, and break off; that they hold the right rows is QueriesTest's part. */
@CollectorTest
class ExportTest {

  private static final String AUTHORIZATION = Http.basic("admin", "a password for tests");

  private static final String ONE_REPORT =
      """
      insert into report (domain, day, id, received_at, channel, successful, failed,
        failure_details, domains, identity)
      values ('much.example', '2026-03-01', '00000000-0000-8000-8000-000000000001', now(), 'https',
        0, ?, ?, 1, 1)
      """;

  private static final String ONE_POLICY =
      """
      insert into policy (domain, day, report_id, n, type, strings, mx_hosts, successful, failed)
      values ('much.example', '2026-03-01', '00000000-0000-8000-8000-000000000001', 0, 'sts', '{}',
        '{}', 0, 1)
      """;

  private static final String MANY_FAILURES =
      """
      insert into failure_detail (domain, day, report_id, n, m, result_type, failed_session_count,
        failure_reason_code)
      select 'much.example', '2026-03-01', '00000000-0000-8000-8000-000000000001', 0, m,
        'validation-failure', m, md5(m::text)
      from generate_series(0, ? - 1) as m
      """;

  private static final String RUNNING =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and application_name = 'tlsrpt-collector export'
        and state <> 'idle'
      """;

  /** Nothing was read for a moment: the client takes no more. */
  private static final String STUCK =
      RUNNING
          + """
            and state = 'idle in transaction' and query like 'fetch%'
            and state_change < clock_timestamp() - interval '100 milliseconds'
            """;

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired Exports exports;
  @Autowired WebApplicationContext context;

  @BeforeEach
  void empty() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
  }

  private void fill(int failures) {
    jdbc.update(ONE_REPORT, failures, failures);
    jdbc.update(ONE_POLICY);
    jdbc.update(MANY_FAILURES, failures);
  }

  private boolean isStuck() {
    return jdbc.queryForObject(STUCK, Integer.class) == 1;
  }

  private int running() {
    return jdbc.queryForObject(RUNNING, Integer.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                                               | -      | application/json
          */*                                             | -      | application/json
          text/html, application/xhtml+xml, */*;q=0.8     | -      | application/json
          text/csv                                        | -      | text/csv;header=present;charset=UTF-8
          text/csv, application/json                      | -      | text/csv;header=present;charset=UTF-8
          text/csv;q=0.5, application/json                | -      | application/json
          text/*                                          | -      | text/csv;header=present;charset=UTF-8
          text/csv;q=0, */*                               | -      | application/json
          application/x-ndjson, text/csv;q=0.9            | -      | application/x-ndjson
          nonsense                                        | -      | application/json
          application/json                                | csv    | text/csv;header=present;charset=UTF-8
          text/csv                                        | json   | application/json
          text/csv                                        | NDJSON | application/x-ndjson
          """)
  void answersInWhatIsAskedFor(String accept, String format, String type) {
    var path = "/v1/failures" + (format == null ? "" : "?format=" + format);

    var answer =
        accept == null
            ? http.getAsAdmin(path)
            : http.get(path, "Authorization", AUTHORIZATION, "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/failures?format=xml",
        "/v1/failures?format=",
        "/v1/failures?format=tar",
        "/v1/failures?format=csv&format=csv",
        "/v1/failures?format=csv&limit=10",
        "/v1/reports?format=ndjson&cursor=x",
        "/v1/reports?format=csv&form=x",
        "/v1/summary?format=csv",
        "/v1/summary?format=csv&by=day&limit=1",
        "/v1/domains?format=csv&from=yesterday",
        "/v1/archive?format=csv",
        "/v1/archive?limit=1"
      })
  void refusesWhatAnExportDoesNotKnow(String path) {
    var answer = http.getAsAdmin(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.json().get("parameter").asString())
        .isIn("format", "limit", "cursor", "form", "by", "from");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/reports, reports",
    "/v1/failures, failures",
    "/v1/summary?by=day, summary",
    "/v1/domains, domains"
  })
  void namesItsFileAndItsColumnsEvenIfNothingIsInIt(String path, String name) {
    var answer = http.get(path, "Authorization", AUTHORIZATION, "Accept", "text/csv");

    assertThat(answer.header("Content-Disposition"))
        .matches("attachment; filename=\"" + name + "-\\d{4}-\\d{2}-\\d{2}\\.csv\"");
    assertThat(answer.text()).matches("[A-Za-z,]+\r\n");
    assertThat(answer.header("Vary")).contains("Accept");
  }

  @Test
  void sendsOnlyTheHeadToWhoAsksForIt() {
    fill(1_000);

    var answer = http.sendAsAdmin("HEAD", "/v1/failures?format=csv");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).startsWith("text/csv");
    assertThat(answer.bytes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                  | gzip
          br, GZIP;q=0.5        | gzip
          gzip;q=0              | ''
          gzip;q=0.000, br      | ''
          identity              | ''
          """)
  void compressesForWhoTakesIt(String accepted, String encoding) throws IOException {
    fill(3_000);

    var answer =
        http.get(
            "/v1/failures?format=ndjson",
            "Authorization",
            AUTHORIZATION,
            "Accept-Encoding",
            accepted);

    assertThat(answer.header("Content-Encoding")).isEqualTo(encoding);
    assertThat(answer.header("Vary")).isNotEmpty();
    var bytes = answer.bytes();
    if (!encoding.isEmpty()) {
      bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
    assertThat(new String(bytes, StandardCharsets.UTF_8).lines()).hasSize(3_000);
  }

  @Test
  void givesSpreadsheetsNothingToRun() {
    var reason = "=HYPERLINK(\"https://evil.example\",\"x\");@2";
    var json =
        """
        {"organization-name":"@Sender","report-id":"-1","policies":[{"policy":{"policy-type":"sts",
        "policy-domain":"a.example"},"summary":{"total-failure-session-count":1},
        "failure-details":[{"result-type":"validation-failure","failed-session-count":1,
        "failure-reason-code":%s}]}]}
        """
            .formatted(new JsonMapper().writeValueAsString(reason));
    assertThat(http.post("/v1/tlsrpt/a.example", json).status()).isEqualTo(201);

    var calls = Calls.by(context, Set.of());
    var failure = calls.table("/v1/failures", Map.of()).getFirst();
    var report = calls.table("/v1/reports", Map.of()).getFirst();

    assertThat(failure)
        .containsEntry("organization", "'@Sender")
        .containsEntry("reasonCode", "'=HYPERLINK(\"https://evil.example\",\"x\");'@2");
    assertThat(report).containsEntry("reportId", "'-1").containsEntry("failed", "1");
    assertThat(calls.lines("/v1/failures", Map.of()).getFirst().get("reasonCode").asString())
        .isEqualTo(reason);
  }

  @Test
  void refusesMoreThanMayRunAtOnce() {
    var filter = ReportFilter.all(new Reach.Everything());
    var open = new ArrayList<Export<?>>();
    try {
      exports.failures(filter).ifPresent(open::add);
      exports.reports(filter).ifPresent(open::add);
      exports.documents(filter).ifPresent(open::add);

      var answer = http.getAsAdmin("/v1/failures?format=csv");

      assertThat(open).hasSize(3);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.type()).isEqualTo("application/problem+json");
      assertThat(answer.header("Retry-After")).isNotEmpty();
      assertThat(http.getAsAdmin("/v1/failures").status()).isEqualTo(200);
    } finally {
      open.forEach(Export::close);
    }
    assertThat(http.getAsAdmin("/v1/failures?format=csv").status()).isEqualTo(200);
  }

  @Test
  void endsTheQueryOfAClientThatWentAway() throws IOException {
    fill(60_000);
    try (var client = ask("/v1/failures?format=ndjson")) {
      assertThat(client).isNotNull();
      await().until(this::isStuck);
    }

    await().until(() -> running() == 0);
    assertThat(allPlaces()).hasSize(3);
  }

  /** Nobody takes a part for the whole: the last chunk is missing. */
  @Test
  void breaksOffWhenTheDatabaseDoes() throws IOException {
    fill(60_000);
    try (var client = ask("/v1/failures?format=ndjson")) {
      await().until(this::isStuck);
      jdbc.queryForList(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
              + " current_database() and application_name = 'tlsrpt-collector export'");

      var answer = client.readToEnd();

      assertThat(answer).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
      assertThat(answer).doesNotContain("urn:tlsrpt-collector:problem");
    }
    assertThat(allPlaces()).hasSize(3);
  }

  @Test
  void endsWholeWhenItIs() throws IOException {
    fill(3_000);
    try (var client = ask("/v1/failures?format=ndjson")) {
      assertThat(client.finish().readToEnd()).endsWith("0\r\n\r\n");
    }
  }

  private RawHttp ask(String path) throws IOException {
    return RawHttp.connect(http.port())
        .send(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\nAuthorization: "
                + AUTHORIZATION
                + "\r\n\r\n");
  }

  /** What can be open at once shows that nothing is held any more. */
  private List<String> allPlaces() {
    var filter = ReportFilter.all(new Reach.Everything());
    var open = new ArrayList<Export<?>>();
    try {
      while (exports.failures(filter).map(open::add).orElse(false)) {
        // one more
      }
      return open.stream().map(export -> "open").toList();
    } finally {
      open.forEach(Export::close);
    }
  }
}
