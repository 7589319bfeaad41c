package org.tlsrpt.collector.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that outlived its collector (kill -9, out of memory), or the mark it left when it died
 * too. Only to be looked for while the {@link DirectoryLock} is ours.
 */
final class Orphan {

  private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

  private enum Owner {
    THIS_DATA,
    NOBODY_HERE,
    UNKNOWN
  }

  private Orphan() {}

  /**
   * Stops the server that runs on a data directory, if one does, and removes the mark of one that
   * runs no more. A process that is no server of this directory is left alone.
   *
   * @param data a data directory; need not exist
   */
  static void stop(Path data, Programs programs) throws IOException, InterruptedException {
    var mark = data.resolve("postmaster.pid");
    if (!Files.exists(mark)) {
      return;
    }
    var pid = firstLine(mark);
    switch (owner(pid, data)) {
      case THIS_DATA -> stop(pid, data, programs);
      // PostgreSQL believes any living process of that number to be the server.
      case NOBODY_HERE -> {
        LOG.info("Removing {}: no server of this directory runs as process {}", mark, pid);
        Files.delete(mark);
      }
      case UNKNOWN -> LOG.warn("Cannot see what process {} named in {} is", pid, mark);
    }
  }

  private static String firstLine(Path mark) throws IOException {
    return Files.readString(mark, UTF_8).lines().findFirst().orElse("").strip();
  }

  // The server changes into its data directory; of a dead process there is nothing to read.
  private static Owner owner(String pid, Path data) throws IOException {
    if (!pid.matches("[0-9]{1,10}")) {
      return Owner.NOBODY_HERE;
    }
    var process = Path.of("/proc", pid);
    try {
      var works = Files.readSymbolicLink(process.resolve("cwd")).equals(data.toRealPath());
      var name = Files.readString(process.resolve("comm"), UTF_8).strip();
      return works && name.equals("postgres") ? Owner.THIS_DATA : Owner.NOBODY_HERE;
    } catch (NoSuchFileException e) {
      return Owner.NOBODY_HERE;
    } catch (IOException e) {
      return Files.exists(process) ? Owner.UNKNOWN : Owner.NOBODY_HERE;
    }
  }

  private static void stop(String pid, Path data, Programs programs)
      throws IOException, InterruptedException {
    LOG.warn("PostgreSQL (process {}) outlived its collector; stopping it first", pid);
    try {
      programs.run("pg_ctl", stopOptions(data, "fast", 30), "", Duration.ofMinutes(1));
    } catch (EmbeddedServerException e) {
      LOG.warn("It does not stop; stopping it at once, the next start recovers", e);
      programs.run("pg_ctl", stopOptions(data, "immediate", 10), "", Duration.ofMinutes(1));
    }
  }

  private static List<String> stopOptions(Path data, String mode, int seconds) {
    return List.of("stop", "-D", data.toString(), "-m", mode, "-w", "-t", String.valueOf(seconds));
  }
}
