package org.tlsrpt.collector.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's data. Made under another name and moved to its own when complete: what stands under
 * its own name is complete, and is never deleted here.
 *
 * @param path the data directory
 * @param password of the role {@value #ROLE}
 */
record DataDirectory(Path path, String password) {

  /** The major version of the programs; data of another one cannot be read by them. */
  static final String MAJOR = "18";

  /** Owner of the database, no superuser: the superuser has no password and cannot log in. */
  static final String ROLE = "tlsrpt";

  static final String DATABASE = "tlsrpt";

  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String UNFINISHED = "unfinished-";
  private static final String RULES =
      """
      # TYPE  DATABASE  USER  ADDRESS       METHOD
      host    all       all   127.0.0.1/32  scram-sha-256
      """;

  @Override
  public String toString() {
    return path.toString();
  }

  /** The place of the data within the server's directory. */
  static Path in(Path home) {
    return home.resolve("data");
  }

  /**
   * Opens the data directory, or makes it.
   *
   * @param home the server's directory, locked by us
   * @throws EmbeddedServerException if it holds something else than data of this major version
   */
  static DataDirectory open(Path home, Programs programs) throws IOException, InterruptedException {
    var data = in(home);
    var kept = Password.read(home);
    var password = kept.orElseGet(Password::random);
    removeUnfinished(home);
    if (!isComplete(data)) {
      create(home, programs, password);
    } else if (kept.isEmpty()) {
      LOG.warn("No password beside {}: the role {} gets a new one", data, ROLE);
      runSql(programs, data, "ALTER ROLE %s PASSWORD '%s';\n".formatted(ROLE, password));
      Password.keep(home, password);
    }
    return new DataDirectory(data, password);
  }

  private static boolean isComplete(Path data) throws IOException {
    var versionFile = data.resolve("PG_VERSION");
    if (!Files.exists(versionFile)) {
      requireEmpty(data);
      return false;
    }
    var version = Files.readString(versionFile, US_ASCII).strip();
    if (!version.equals(MAJOR)) {
      throw new EmbeddedServerException(
          "%s holds data of PostgreSQL %s; this collector carries PostgreSQL %s."
              .formatted(data, version, MAJOR),
          """
          Move the data with pg_dump and a PostgreSQL %s server, or run the collector that \
          wrote it, or start afresh with another tlsrpt.database.directory."""
              .formatted(version));
    }
    return true;
  }

  private static void requireEmpty(Path data) throws IOException {
    if (!Files.exists(data)) {
      return;
    }
    try (var entries = Files.list(data)) {
      if (entries.findAny().isPresent()) {
        throw new EmbeddedServerException(
            "%s holds files, but no data of PostgreSQL (no PG_VERSION).".formatted(data),
            """
            Restore it from a backup if it was a database, else move it away; or name another \
            tlsrpt.database.directory.""");
      }
    }
  }

  private static void removeUnfinished(Path home) throws IOException {
    try (var leftovers = Files.newDirectoryStream(home, UNFINISHED + "*")) {
      for (var leftover : leftovers) {
        LOG.warn("Removing {}: a start was cut short before it was complete", leftover);
        FileSystemUtils.deleteRecursively(leftover);
      }
    }
  }

  private static void create(Path home, Programs programs, String password)
      throws IOException, InterruptedException {
    LOG.info("Making a PostgreSQL {} database in {}", MAJOR, home);
    // A name of its own each time: an initdb may outlive the collector that started it.
    var unfinished = Files.createTempDirectory(home, UNFINISHED);
    programs.run("initdb", initOptions(unfinished), "", PATIENCE);
    writeRules(unfinished.resolve("pg_hba.conf"));
    runSql(
        programs,
        unfinished,
        """
        CREATE ROLE %1$s LOGIN CREATEDB PASSWORD '%3$s';
        GRANT SET ON PARAMETER session_replication_role TO %1$s;
        CREATE DATABASE %2$s OWNER %1$s;
        """
            .formatted(ROLE, DATABASE, password));
    // Before the data has its name: data without its password would be of no use.
    Password.keep(home, password);
    Files.move(unfinished, in(home), ATOMIC_MOVE);
    Directories.force(home);
  }

  private static List<String> initOptions(Path data) {
    return List.of(
        "--pgdata=" + data,
        "--username=postgres",
        "--auth=reject",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions");
  }

  private static void writeRules(Path file) throws IOException {
    try (var channel = FileChannel.open(file, WRITE, TRUNCATE_EXISTING)) {
      channel.write(US_ASCII.encode(RULES));
      channel.force(true);
    }
  }

  // Single-user mode asks for no password; statements come from standard input, one per line.
  private static void runSql(Programs programs, Path data, String sql)
      throws IOException, InterruptedException {
    programs.run(
        "postgres",
        List.of(
            "--single",
            "-D",
            data.toString(),
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            "postgres"),
        sql,
        PATIENCE);
  }
}
