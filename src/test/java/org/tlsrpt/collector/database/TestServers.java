package org.tlsrpt.collector.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Servers on directories of tests, and a second collector process to be killed. */
final class TestServers {

  private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

  private TestServers() {}

  static EmbeddedServer start(Path home) {
    return start(home, 0);
  }

  static EmbeddedServer start(Path home, int port) {
    return EmbeddedServer.start(new DatabaseSettings(home.toString(), port), PROGRAMS);
  }

  static Connection connect(EmbeddedServer server) throws SQLException {
    return DriverManager.getConnection(
        server.getJdbcUrl(), server.getUsername(), server.getPassword());
  }

  static String ask(EmbeddedServer server, String sql) throws SQLException {
    try (var connection = connect(server);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static void execute(EmbeddedServer server, String sql) throws SQLException {
    try (var connection = connect(server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static Path pidFile(Path home) {
    return home.resolve("data/postmaster.pid");
  }

  static long serverPid(Path home) throws IOException {
    return Long.parseLong(Files.readAllLines(pidFile(home)).getFirst().strip());
  }

  /** True for a process that runs, not for one that is dead and waits to be buried. */
  static boolean runs(long pid) {
    return Files.exists(Path.of("/proc", String.valueOf(pid), "cwd"));
  }

  /** Starts a collector's server in a process of its own; comes back when it takes statements. */
  static Process startElsewhere(Path home) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TestServers.class.getName(),
                    home.toString()))
            .redirectErrorStream(true)
            .start();
    awaitReady(process.inputReader(StandardCharsets.UTF_8));
    return process;
  }

  private static void awaitReady(BufferedReader output) throws IOException {
    var said = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals("ready")) {
        return;
      }
      said.append(line).append('\n');
    }
    throw new IOException("The second collector ended: " + said);
  }

  /** The second collector: lives until its input ends. */
  public static void main(String[] args) throws IOException, SQLException {
    try (var server = start(Path.of(args[0]))) {
      execute(server, "create table kept as select 42 as answer");
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Whatever is said, only the end counts.
      }
    }
  }
}
