package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports of real senders, where there is a folder of them beside the project. */
@EnabledIf("hasSamples")
class SamplesTest {

  private static final Path SAMPLES = Path.of("../shared/samples");

  static boolean hasSamples() {
    return Files.isDirectory(SAMPLES);
  }

  static Stream<Path> samples() throws IOException {
    try (var files = Files.list(SAMPLES)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(json|eml)"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void readsRealReports(Path file) throws IOException {
    var isMail = file.toString().endsWith(".eml");
    var document = isMail ? attachment(Files.readString(file)) : Files.readAllBytes(file);

    var report = Documents.readReport(document).report();

    assertThat(report.organizationName()).isNotNull();
    assertThat(report.reportId()).isNotNull();
    assertThat(report.dateRange().start()).isNotNull();
    assertThat(report.dateRange().end()).isAfter(report.dateRange().start());
    assertThat(report.policies()).isNotEmpty();
    assertThat(report.policies()).noneMatch(p -> p.policy().domain().equals("unknown"));
    assertThat(report.policies())
        .anyMatch(p -> p.summary().successful() > 0 || p.summary().failed() > 0);
  }

  /** The part of a mail whose type begins with {@code application/tlsrpt}. */
  private static byte[] attachment(String mail) throws IOException {
    var text = mail.replace("\r\n", "\n");
    int part = text.toLowerCase(Locale.ROOT).indexOf("content-type: application/tlsrpt");
    int start = text.indexOf("\n\n", part) + 2;
    int end = text.indexOf("\n--", start);
    var body = text.substring(start, end < 0 ? text.length() : end).strip();
    if (body.startsWith("{")) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    var bytes = Base64.getMimeDecoder().decode(body);
    if (bytes[0] != 0x1F) {
      return bytes;
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }
}
