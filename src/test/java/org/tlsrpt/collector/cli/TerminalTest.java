package org.tlsrpt.collector.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A terminal that somebody sits at: here one that script(1) makes. */
class TerminalTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private static final int PATIENCE_SECONDS = 60;

  private static final Pattern BEGUN =
      Pattern.compile("(?<process>[0-9]+) of (?<columns>[0-9]+) columns");

  /** What a word that draws a bar does, as far as signals are concerned. */
  static final class Drawing {

    private Drawing() {}

    public static void main(String... args) throws InterruptedException {
      var terminal = Terminal.system();
      var width = terminal.width();
      var watch = new ImportWatch(terminal, List.of());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("in good order")));
      System.out.println(ProcessHandle.current().pid() + " of " + width + " columns");
      new CountDownLatch(1).await();
      watch.close();
    }
  }

  /** Whoever starts tests in the background has Ctrl-C ignored by all that they start. */
  @Test
  void leavesCtrlCToWhoeverWantsToEndInGoodOrder() throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "script(1) of util-linux makes the terminal");
    var java =
        "stty cols 97; exec env --default-signal=INT '%s' -XX:TieredStopAtLevel=1 -cp '%s' '%s'"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Drawing.class.getName());
    var process =
        new ProcessBuilder(SCRIPT.toString(), "-qec", java, "/dev/null")
            .redirectErrorStream(true)
            .start();
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    try (var output = new InputStreamReader(process.getInputStream(), UTF_8)) {
      var begun = BEGUN.matcher("");
      var text = new StringBuilder();
      // The bar is drawn once it has asked how wide the terminal is.
      while (!begun.reset(text).find() || text.indexOf("import ") < 0) {
        text.append(next(output));
      }
      assertThat(begun.group("columns")).isEqualTo("97");
      new ProcessBuilder("kill", "-INT", begun.group("process")).start().waitFor();

      while (text.indexOf("in good order") < 0) {
        text.append(next(output));
      }
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static char next(Reader output) throws IOException {
    var next = output.read();
    if (next < 0) {
      throw new AssertionError("it ended at once");
    }
    return (char) next;
  }
}
