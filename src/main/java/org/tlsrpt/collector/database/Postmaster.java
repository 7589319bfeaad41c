package org.tlsrpt.collector.database;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the server process.
 *
 * @param process the server itself
 * @param log what it prints
 */
record Postmaster(Programs programs, Process process, ServerLog log) {

  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration FAST = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  /** Starts the process. It answers later, or ends. */
  static Postmaster launch(Programs programs, List<String> arguments) {
    var process = programs.start("postgres", arguments);
    return new Postmaster(programs, process, ServerLog.of(process));
  }

  /**
   * Ends the server: connections are cut, what is committed is on disk. Harsher if that takes
   * longer than 30 s.
   */
  void stop() throws InterruptedException {
    if (stopsOn("INT", FAST) || stopsOn("QUIT", AT_ONCE)) {
      return;
    }
    process.destroyForcibly().waitFor();
  }

  private boolean stopsOn(String signal, Duration patience) throws InterruptedException {
    if (process.isAlive()) {
      try {
        programs.signal(signal, process.pid());
      } catch (EmbeddedServerException | IOException e) {
        // It may have ended between the question and the signal; the wait tells.
        LOG.debug("No {} to process {}", signal, process.pid(), e);
      }
    }
    return process.waitFor(patience);
  }
}
