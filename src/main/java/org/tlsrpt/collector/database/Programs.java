package org.tlsrpt.collector.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs initdb, pg_ctl and postgres.
 *
 * @param bin the directory they lie in
 * @param wrapper words before each command
 */
record Programs(Path bin, List<String> wrapper) {

  private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
  private static final String NAMESPACE_ACTION =
      """
      Run the collector as an ordinary user, or name a PostgreSQL server with \
      spring.datasource.url.""";

  /**
   * Programs that run in a session of their own, so that Ctrl-C in a terminal reaches the collector
   * only; and for root in a user namespace, because PostgreSQL refuses to run as root.
   *
   * @throws EmbeddedServerException for root where no user namespace can be made
   */
  static Programs in(Path bin) throws IOException, InterruptedException {
    var wrapper = new ArrayList<String>();
    onPath("setsid").ifPresent(wrapper::add);
    if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      wrapper.addAll(List.of(namespaceCommand(), "-U"));
    }
    return new Programs(bin, List.copyOf(wrapper));
  }

  private static String namespaceCommand() throws IOException, InterruptedException {
    var unshare = onPath("unshare");
    if (unshare.isEmpty() || !succeeds(List.of(unshare.get(), "-U", "true"))) {
      throw new EmbeddedServerException(
          "PostgreSQL refuses to run as root, and this machine allows root no user namespace.",
          NAMESPACE_ACTION);
    }
    return unshare.get();
  }

  private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static Optional<String> onPath(String name) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** Starts a program; its output and its errors come out as one stream. */
  Process start(String program, List<String> arguments) {
    var command = new ArrayList<>(wrapper);
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "PostgreSQL's %s cannot be run: %s".formatted(program, e.getMessage()),
          """
          Its file system must allow programs (no "noexec"), and the system needs the GNU C \
          library. Or name a PostgreSQL server with spring.datasource.url.""",
          e);
    }
  }

  /**
   * Runs a program to its end.
   *
   * @param input its standard input
   * @throws EmbeddedServerException if it fails or takes longer than the patience
   */
  void run(String program, List<String> arguments, String input, Duration patience)
      throws IOException, InterruptedException {
    var process = start(program, arguments);
    var log = ServerLog.of(process);
    write(process, input);
    var ended = process.waitFor(patience);
    if (!ended) {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != 0) {
      throw new EmbeddedServerException(
          "PostgreSQL's %s %s. It said last:%n%s"
              .formatted(
                  program,
                  ended ? "ended with " + process.exitValue() : "took over " + patience,
                  log.lastLines()),
          "See what it says, or name a PostgreSQL server with spring.datasource.url.");
    }
  }

  private static void write(Process process, String input) {
    try (var in = process.outputWriter(UTF_8)) {
      in.write(input);
    } catch (IOException e) {
      // It ended before it read all: its status and its last words say more.
      LOG.debug("Process {} reads no more", process.pid(), e);
    }
  }

  /** Sends a signal (INT, QUIT) to a server: Java itself can send TERM and KILL only. */
  void signal(String signal, long pid) throws IOException, InterruptedException {
    run("pg_ctl", List.of("kill", signal, String.valueOf(pid)), "", Duration.ofSeconds(10));
  }
}
