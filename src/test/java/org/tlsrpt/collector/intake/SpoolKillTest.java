package org.tlsrpt.collector.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsrpt.collector.intake.Spool.Put;
import org.tlsrpt.collector.intake.SpoolFile.Content;

/** Another process fills the spool and is killed. */
class SpoolKillTest {

  private static final int ACKNOWLEDGED = 500;

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  /** The other process: says every id that is kept, until it is killed. */
  static final class Filler {

    public static void main(String[] arguments) {
      var spool = Spool.open(Path.of(arguments[0]), 1L << 30);
      var out = new PrintStream(System.out, true, US_ASCII);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var thread = 0; thread < 32; thread++) {
          var name = thread + "/";
          threads.execute(() -> fill(spool, name, out));
        }
      }
    }

    private static void fill(Spool spool, String name, PrintStream out) {
      for (var n = 0L; ; n++) {
        var delivery = Deliveries.of(name + n + "x".repeat(10_000));
        var id = Deliveries.id(delivery);
        if (spool.put(id, delivery) instanceof Put.Kept) {
          out.println(id);
        }
      }
    }
  }

  @AfterEach
  void killAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void losesNothingThatWasAcknowledgedAndHandsOutNothingTorn() throws Exception {
    var acknowledged = new HashSet<UUID>();
    for (var run = 1; run <= 2; run++) {
      acknowledged.addAll(fillUntilKilled(run * ACKNOWLEDGED));

      try (var spool = Spool.open(directory, 1L << 30)) {
        assertThat(found(spool)).containsAll(acknowledged).doesNotHaveDuplicates();
        assertThat(directory.resolve("incoming")).isEmptyDirectory();
        assertThat(spool.files()).isEqualTo(found(spool).size());
      }
    }
  }

  @Test
  void isTakenByOneProcessOnly() throws Exception {
    var other = start();
    Objects.requireNonNull(other.inputReader(US_ASCII).readLine());

    assertThatThrownBy(() -> Spool.open(directory, 1L << 30))
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("process id " + other.pid() + ")");
  }

  private List<UUID> fillUntilKilled(int count) throws IOException, InterruptedException {
    var process = start();
    var acknowledged = new ArrayList<UUID>();
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))) {
      for (var line = out.readLine(); line != null && line.length() == 36; line = out.readLine()) {
        acknowledged.add(UUID.fromString(line));
        if (acknowledged.size() == count) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(count);
    return acknowledged;
  }

  private Process start() throws IOException {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                directory.toString())
            .redirectError(Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }

  private List<UUID> found(Spool spool) throws IOException {
    var found = new ArrayList<UUID>();
    for (var all = spool.inOrder(); all.hasNext(); ) {
      assertThat(spool.read(all.next()))
          .isInstanceOfSatisfying(Content.Whole.class, whole -> found.add(whole.id()));
    }
    try (Stream<Path> damaged = Files.list(directory.resolve("damaged"))) {
      assertThat(damaged).isEmpty();
    }
    return found;
  }
}
