package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/**
 * Every real report that lies beside the project, delivered as a sender would. Runs where the
 * folder is there; the project's own fixtures are delivered everywhere.
 */
@CollectorTest
class SamplesDeliveryTest {

  private static final Path SAMPLES = Path.of("../shared/samples");
  private static final Path FIXTURES = Path.of("src/test/resources/reports");

  /** What no collector can read: cut, damaged, empty, in UTF-16, two reports, nested, blanks. */
  private static final Set<String> NO_REPORTS =
      Set.of(
          "utf16le.json",
          "two-objects.json",
          "truncated.json.gz",
          "bad-crc.json.gz",
          "empty.json.gz",
          "bomb-64MiB.json.gz",
          "deep-5000.json");

  @Autowired Http http;

  static boolean samplesAreThere() {
    return Files.isDirectory(SAMPLES);
  }

  @Test
  @EnabledIf("samplesAreThere")
  void losesNoneOfTheSamples() throws IOException {
    deliverAll(files(SAMPLES));
  }

  @Test
  void losesNoneOfTheFixtures() throws IOException {
    deliverAll(files(FIXTURES));
  }

  private void deliverAll(List<Path> files) throws IOException {
    var counts = new TreeMap<Integer, Integer>();
    for (var file : files) {
      var answer = http.post("/v1/tlsrpt/example.com", Files.readAllBytes(file));
      counts.merge(answer.status(), 1, Integer::sum);
      if (NO_REPORTS.contains(file.getFileName().toString())) {
        isInQuarantine(file, answer);
      } else {
        readsBack(file, answer);
      }
    }
    LoggerFactory.getLogger(SamplesDeliveryTest.class).info("Answers by status: {}", counts);
    assertThat(counts.get(201)).isGreaterThan(5);
  }

  private void readsBack(Path file, Http.Answer answer) {
    assertThat(answer.status()).as(file + " " + answer).isIn(200, 201);
    var id = answer.json().get("id").asString();
    var report = http.getAsAdmin("/v1/reports/" + id);
    assertThat(report.status()).as(file.toString()).isEqualTo(200);
    var raw = http.getAsAdmin("/v1/reports/" + id + "/raw").bytes();
    assertThat(ContentId.of(raw)).as(file.toString()).hasToString(id);
    assertThat(report.json().get("policies").size()).as(file.toString()).isPositive();
    assertThat(report.json().get("domains").size()).as(file.toString()).isPositive();
  }

  private void isInQuarantine(Path file, Http.Answer answer) {
    assertThat(answer.status()).as(file + " " + answer).isIn(400, 422);
    var entry = http.getAsAdmin("/v1/quarantine/" + answer.json().get("quarantineId").asString());
    assertThat(entry.status()).as(file.toString()).isEqualTo(200);
    assertThat(entry.json().get("recipientDomain").asString()).isEqualTo("example.com");
  }

  private static List<Path> files(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return new ArrayList<>(
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().equals("INDEX.tsv"))
              .sorted()
              .toList());
    }
  }
}
