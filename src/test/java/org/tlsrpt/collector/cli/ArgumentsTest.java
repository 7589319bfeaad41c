package org.tlsrpt.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @TempDir Path directory;

  /** In the second column U+FFFD stands for each octet that the locale C does not know. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          java -jar x.jar record bücher.example   | record b\uFFFD\uFFFDcher.example | record bücher.example
          java -jar x.jar é                       | \uFFFD\uFFFD                     | é
          java -jar x.jar record a.example        | record a.example                 | record a.example
          java -jar x.jar record                  | record \uFFFD                    | record \uFFFD
          java -jar x.jar other bücher.example    | record b\uFFFD\uFFFDcher.example | record b\uFFFD\uFFFDcher.example
          é                                       | a b \uFFFD                       | a b \uFFFD
          """)
  void areReadAsTyped(String commandLine, String args, String typed) throws IOException {
    var file = directory.resolve("cmdline");
    Files.writeString(file, commandLine.replace(' ', '\0') + '\0');

    assertThat(Arguments.typed(args.split(" "), file)).containsExactly(typed.split(" "));
  }

  @Test
  void areLeftAsTheyAreWhereNoFileTells() {
    assertThat(Arguments.typed(new String[] {"\uFFFD"}, directory.resolve("none")))
        .containsExactly("\uFFFD");
  }
}
