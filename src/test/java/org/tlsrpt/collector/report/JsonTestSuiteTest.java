package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public JSON parsing test suite, where there is a copy of it beside the project. */
@EnabledIf("hasSuite")
class JsonTestSuiteTest {

  private static final Path SUITE = Path.of("../shared/json-test-suite/test_parsing");

  /** Control characters need not be escaped: RFC 8460's own example has a line end in a text. */
  private static final Set<String> UNESCAPED_CONTROLS =
      Set.of(
          "n_string_unescaped_ctrl_char.json",
          "n_string_unescaped_newline.json",
          "n_string_unescaped_tab.json");

  static boolean hasSuite() {
    return Files.isDirectory(SUITE);
  }

  static Stream<Path> suite() throws IOException {
    try (var files = Files.list(SUITE)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("suite")
  void tellsJsonFromOtherText(Path file) throws IOException {
    var name = file.getFileName().toString();
    var reading = Documents.readAny(Files.readAllBytes(file));

    if (name.startsWith("y_") || UNESCAPED_CONTROLS.contains(name)) {
      assertThat(reading).isInstanceOf(Reading.NotAReport.class);
    } else if (name.startsWith("n_")) {
      assertThat(reading).isInstanceOf(Reading.NotJson.class);
    } else {
      assertThat(reading).isNotInstanceOf(Reading.Read.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("suite")
  void readsReportAroundAnyJson(Path file) throws IOException {
    var name = file.getFileName().toString();
    var document = new ByteArrayOutputStream();
    document.writeBytes("{\"policies\":[],\"x\":".getBytes(StandardCharsets.UTF_8));
    document.writeBytes(Files.readAllBytes(file));
    document.writeBytes(",\"y\":[]}".getBytes(StandardCharsets.UTF_8));

    var reading = Documents.readAny(document.toByteArray());

    if (name.startsWith("y_")) {
      assertThat(reading).isInstanceOf(Reading.Read.class);
    }
  }
}
