package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.context.WebApplicationContext;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports that leave as an archive and come back: the same rows, whoever makes the archive. */
@CollectorTest
class MoveTest {

  private static final String AUTHORIZATION = Http.basic("admin", "a password for tests");

  private static final List<String> TABLES =
      List.of("report", "policy", "failure_detail", "failure_type");

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired WebApplicationContext context;

  @BeforeEach
  void empty() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    jdbc.execute("truncate quarantine");
  }

  private void deliver(int reports) {
    for (var report : MixedReports.make().subList(0, reports)) {
      var answer =
          http.post("/v1/tlsrpt/" + report.recipient(), report.json(), "User-Agent", "sender/1");
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }
  }

  /** As curl does, which calls every body a form unless it is told otherwise. */
  private Answer imports(byte[] body) {
    return http.post(
        "/v1/import",
        body,
        "Authorization",
        AUTHORIZATION,
        "Content-Type",
        MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }

  /** All rows but for what tells that they were imported. */
  private Map<String, List<String>> rows() {
    var rows = new TreeMap<String, List<String>>();
    for (var table : TABLES) {
      rows.put(
          table,
          jdbc.queryForList(
              "select (to_jsonb(t) - 'channel')::text as row from " + table + " t order by row",
              String.class));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar", "ndjson"})
  void keepsEveryRowOnAMove(String format) {
    deliver(60);
    // Bytes that are not UTF-8 must survive as well: the id is made of them.
    var latin1 =
        "{\"organization-name\":\"Soci\u00E9t\u00E9\",\"policies\":[{\"policy\":{\"policy-domain\":\"a.example\"}}]}";
    assertThat(http.post("/v1/tlsrpt", latin1.getBytes(StandardCharsets.ISO_8859_1)).status())
        .isEqualTo(201);
    var before = rows();
    var archive = http.getAsAdmin("/v1/archive?format=" + format);
    assertThat(archive.status()).isEqualTo(200);

    jdbc.execute("truncate day_change, day_sum, report cascade");
    var answer = imports(archive.bytes());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("stored").asInt()).isEqualTo(61);
    assertThat(answer.json().get("failures")).isEmpty();
    assertThat(rows()).isEqualTo(before);
    assertThat(jdbc.queryForList("select distinct channel from report", String.class))
        .containsExactly("import");
    assertThat(imports(archive.bytes()).json().get("duplicates").asInt()).isEqualTo(61);
  }

  @Test
  void holdsTheBytesAndWhatIsKnownOfThem() throws IOException {
    var json = " {\"policies\":[{\"policy\":{\"policy-domain\":\"a.example\"}}]}\n";
    var id =
        http.post("/v1/tlsrpt/b.example", json, "User-Agent", "sender/1")
            .json()
            .get("id")
            .asString();

    var tar = http.getAsAdmin("/v1/archive");
    var line = lines(http.getAsAdmin("/v1/archive?format=ndjson")).getFirst();

    assertThat(tar.header("Content-Disposition"))
        .matches("attachment; filename=\"archive-\\d{4}-\\d{2}-\\d{2}\\.tar\\.gz\"");
    try (var in = open(tar.bytes())) {
      var entry = in.getNextEntry();
      assertThat(entry.getName()).isEqualTo(id + ".json");
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(json);
      assertThat(entry.getExtraPaxHeaders())
          .containsEntry("SCHILY.xattr.user.tlsrpt.recipientDomain", "b.example")
          .containsEntry("SCHILY.xattr.user.tlsrpt.channel", "https")
          .containsEntry("SCHILY.xattr.user.tlsrpt.userAgent", "sender/1")
          .containsKeys("SCHILY.xattr.user.tlsrpt.receivedAt", "SCHILY.xattr.user.tlsrpt.ip");
      assertThat(in.getNextEntry()).isNull();
    }
    assertThat(line.get("id").asString()).isEqualTo(id);
    assertThat(line.get("document").asString()).isEqualTo(json);
    assertThat(line.get("recipientDomain").asString()).isEqualTo("b.example");
    assertThat(line.get("source").get("userAgent").asString()).isEqualTo("sender/1");
  }

  /** A document cannot be given in part. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | 3
          a.example             | 1
          b.example             | 0
          a.example b.example   | 2
          posted.example        | 1
          none.example          | 0
          """)
  void givesLimitedKeysOnlyDocumentsWhollyWithinTheirReach(String reach, int documents) {
    http.post("/v1/tlsrpt", reportAbout("a.example"));
    http.post("/v1/tlsrpt", reportAbout("a.example", "b.example"));
    http.post("/v1/tlsrpt/posted.example", reportAbout("c.example", "d.example"));
    var domains = reach.isEmpty() ? Set.<String>of() : Set.of(reach.split(" "));

    var lines =
        Calls.text(Calls.by(context, domains).get("/v1/archive?format=ndjson")).lines().toList();

    assertThat(lines).hasSize(documents);
  }

  private static String reportAbout(String... domains) {
    var policies = new StringBuilder();
    for (var domain : domains) {
      policies.append(policies.isEmpty() ? "" : ",");
      policies.append(
          "{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"%s\"}}".formatted(domain));
    }
    return "{\"policies\":[" + policies + "]}";
  }

  @Test
  void takesThePartOfAFilter() {
    deliver(40);
    var question = "domain=d1.example&domain=d2.example";
    var reports = Calls.by(context, Set.of()).lines("/v1/reports?" + question, Map.of());

    var documents = lines(http.getAsAdmin("/v1/archive?format=ndjson&" + question));

    assertThat(documents)
        .extracting(it -> it.get("id").asString())
        .containsExactlyElementsOf(
            reports.stream().map(it -> it.get("id").asString()).distinct().toList());
  }

  @Test
  void takesALimitedArchiveForWhatItIs() throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(archive))) {
      add(tar, "../../../etc/passwd", reportAbout("a.example"));
      add(tar, "/absolute.json", reportAbout("b.example"));
      add(tar, "\u001b[2J.json", "nonsense");
      add(tar, "not-a-report.json", "{\"a\":1}");
      var link = new TarArchiveEntry("link.json", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }

    var answer = imports(archive.toByteArray());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("stored").asInt()).isEqualTo(2);
    assertThat(answer.json().get("quarantined").asInt()).isEqualTo(2);
    assertThat(answer.json().get("refused").asInt()).isEqualTo(1);
    assertThat(answer.json().get("failures")).hasSize(3);
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "<html>", "\u0000\u0001"})
  void refusesWhatIsNoArchive(String body) {
    var answer = imports(body.getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("refused").asInt()).isEqualTo(1);
    assertThat(answer.json().get("stored").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/import?recipientDomain=nonsense, recipientDomain",
    "/v1/import?domain=a.example, domain",
    "/v1/import?recipientDomain=a.example&recipientDomain=b.example, recipientDomain",
    "/v1/import?recipientDomain=%FF%7Bx%7D, recipientDomain"
  })
  void refusesWhatItDoesNotKnow(String path, String parameter) {
    var answer =
        http.send("POST", path, BodyPublishers.ofString("{}"), "Authorization", AUTHORIZATION);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
  }

  private static List<JsonNode> lines(Answer answer) {
    return answer.text().lines().map(new JsonMapper()::readTree).toList();
  }

  private static TarArchiveInputStream open(byte[] archive) throws IOException {
    return new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)));
  }
}
