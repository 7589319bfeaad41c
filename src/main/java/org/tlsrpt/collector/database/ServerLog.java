package org.tlsrpt.collector.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a PostgreSQL program prints: handed to our log, the last lines kept for explanations. */
final class ServerLog {

  private static final Logger LOG = LoggerFactory.getLogger("org.tlsrpt.collector.database.server");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int KEPT_LINES = 20;

  private final Deque<String> tail = new ArrayDeque<>();
  private final Thread reader;

  private ServerLog(Process process) {
    // Not virtual: reading a pipe would hold one of the few carrier threads for good.
    reader = Thread.ofPlatform().daemon().name("postgresql-log").unstarted(() -> read(process));
  }

  /** Follows the output of a process until its end. */
  static ServerLog of(Process process) {
    var log = new ServerLog(process);
    log.reader.start();
    return log;
  }

  private void read(Process process) {
    try (var lines = process.inputReader(UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(CONTROL.matcher(line).replaceAll(" "));
      }
    } catch (IOException e) {
      LOG.debug("Lost the output of process {}", process.pid(), e);
    }
  }

  private void keep(String line) {
    LOG.atLevel(level(line)).log("{}", line);
    synchronized (tail) {
      tail.addLast(line);
      if (tail.size() > KEPT_LINES) {
        tail.removeFirst();
      }
    }
  }

  // An ERROR reaches whoever sent the statement: it is theirs to report.
  private static Level level(String line) {
    if (line.startsWith("PANIC:")) {
      return Level.ERROR;
    }
    if (line.startsWith("LOG:  database system was")) {
      return Level.INFO;
    }
    // The answer to those who knock while it starts.
    if (line.startsWith("FATAL:  the database system is")) {
      return Level.DEBUG;
    }
    return line.startsWith("FATAL:") || line.startsWith("WARNING:") ? Level.WARN : Level.DEBUG;
  }

  /** The last lines of a process that ended. */
  String lastLines() throws InterruptedException {
    // A leftover child of the server may hold the pipe open.
    reader.join(Duration.ofSeconds(1));
    synchronized (tail) {
      return String.join("\n", tail);
    }
  }
}
