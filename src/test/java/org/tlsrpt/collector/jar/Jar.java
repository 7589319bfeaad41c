package org.tlsrpt.collector.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The packaged collector as its image runs it, on free ports of loopback and in a directory of
 * ours.
 */
final class Jar implements AutoCloseable {

  static final Path FILE = Path.of("target", "tlsrpt-collector.jar").toAbsolutePath();
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Pattern DATABASE = Pattern.compile("Embedded PostgreSQL .*: (jdbc:\\S+)");

  static final List<String> ADDRESSES =
      List.of(
          "--server.address=127.0.0.1",
          "--server.port=0",
          "--management.server.address=127.0.0.1",
          "--management.server.port=0");

  /** Of a start on a machine that has much else to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration END = Duration.ofSeconds(40);

  private final Path home;
  private final Path log;
  private final Process process;
  private final Thread atExit = new Thread(this::kill, "jar-kill");

  private Jar(Path home, Path log, Process process) {
    this.home = home;
    this.log = log;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts it and comes back when it takes deliveries.
   *
   * @param home its working directory: under {@code data} it finds what an earlier run left
   * @param properties {@code --name=value}
   */
  static Jar start(Path home, String... properties) throws IOException {
    var command = new ArrayList<>(Unpacked.COMMAND);
    command.addAll(ADDRESSES);
    command.addAll(List.of(properties));
    var log = Files.createTempFile(home, "log-", ".txt");
    var process = run(command, home, log);
    var jar = new Jar(home, log, process);
    try {
      jar.awaitInLog("Started CollectorApplication", PATIENCE);
      return jar;
    } catch (RuntimeException e) {
      jar.close();
      throw e;
    }
  }

  /** Starts a command in a directory; all that it says goes to a file. */
  static Process run(List<String> command, Path home, Path log) throws IOException {
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Where senders post to, at this start. */
  URI intake() {
    return URI.create("http://127.0.0.1:" + firstInLog(PORT) + "/v1/tlsrpt");
  }

  /** Of its embedded database. */
  String jdbcUrl() {
    return firstInLog(DATABASE);
  }

  String databasePassword() throws IOException {
    return Files.readString(home.resolve("data/db/password")).strip();
  }

  /** Comes back when the log says it, or fails with the end of the log. */
  void awaitInLog(String words, Duration patience) {
    await().atMost(patience).pollInterval(Duration.ofMillis(50)).until(() -> says(words));
  }

  private boolean says(String words) {
    if (read().contains(words)) {
      return true;
    }
    if (process.isAlive()) {
      return false;
    }
    throw new IllegalStateException("The jar ended. It said last:\n" + lastLines());
  }

  /** Files of the spool, waiting or set aside. */
  long spooled() {
    try (var files = Files.walk(home.resolve("data/spool"))) {
      return files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).count();
    } catch (IOException | UncheckedIOException e) {
      // It was moved while we looked.
      return 1;
    }
  }

  /** The embedded server's process, if one of this directory runs. */
  Optional<ProcessHandle> postmaster() {
    try {
      var data = home.resolve("data/db/data");
      var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
      // The server works in its directory: no other process of that number is ever killed.
      var works = Files.readSymbolicLink(Path.of("/proc", pid, "cwd"));
      return works.equals(data.toRealPath())
          ? ProcessHandle.of(Long.parseLong(pid))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kill -9 of the JVM alone; its database goes on running. */
  void killJvm() throws InterruptedException {
    process.destroyForcibly().waitFor();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  boolean ends(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it in good order, or by force, with its database. */
  @Override
  public void close() {
    terminate();
    try {
      ends(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    await().atMost(END).until(() -> postmaster().isEmpty());
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void kill() {
    process.destroyForcibly();
    postmaster().ifPresent(ProcessHandle::destroyForcibly);
  }

  private String firstInLog(Pattern pattern) {
    var matcher = pattern.matcher(read());
    if (!matcher.find()) {
      throw new IllegalStateException(pattern + " is not in the log:\n" + lastLines());
    }
    return matcher.group(1);
  }

  private String lastLines() {
    var lines = read().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  /** The most memory the process ever had, in kB; where the system does not tell, 0. */
  long peakKilobytes() throws IOException {
    var status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** All it has said so far. */
  String read() {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
