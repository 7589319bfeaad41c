package org.tlsrpt.collector.database;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the server of one data directory running, always on the same port, until closed. */
final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Programs programs;
  private final DataDirectory data;
  private final int port;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object launching = new Object();
  private volatile @Nullable Postmaster current;

  Supervisor(Programs programs, DataDirectory data, int port) {
    this.programs = programs;
    this.data = data;
    this.port = port;
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%s/%s".formatted(port, DataDirectory.DATABASE);
  }

  /**
   * Starts the server and comes back when it takes statements, however long it has to recover.
   *
   * @throws EmbeddedServerException if it does not
   */
  void start() throws IOException, InterruptedException {
    var giveUp = System.nanoTime() + PATIENCE.toNanos();
    for (var server = launch(); !becomesReady(server); server = launch()) {
      var said = server.log().lastLines();
      if (!mayPass(said) || System.nanoTime() > giveUp) {
        throw new EmbeddedServerException(
            "The embedded PostgreSQL ended while starting. It said last:\n" + said,
            "See what it says, or name a PostgreSQL server with spring.datasource.url.");
      }
      closing.await(FIRST_PAUSE.toMillis(), MILLISECONDS);
    }
    Thread.ofVirtual().name("postgresql-watch").start(this::watch);
  }

  // Children of a server that was killed notice at their next wait; until then none may start.
  private static boolean mayPass(String said) {
    return said.contains("pre-existing shared memory block");
  }

  private Postmaster launch() throws IOException, InterruptedException {
    synchronized (launching) {
      if (isClosing()) {
        throw new InterruptedException("closing");
      }
      Orphan.stop(data.path(), programs);
      var server = Postmaster.launch(programs, ServerSettings.arguments(data.path(), port));
      current = server;
      return server;
    }
  }

  private boolean becomesReady(Postmaster server) throws InterruptedException {
    var lastSign = System.nanoTime();
    while (!server.process().waitFor(LOOK_EVERY)) {
      switch (Readiness.of(jdbcUrl(), DataDirectory.ROLE, data.password())) {
        case READY -> {
          return true;
        }
        case RECOVERING -> lastSign = System.nanoTime();
        case SILENT -> requirePatience(lastSign);
      }
    }
    return false;
  }

  private static void requirePatience(long since) {
    if (System.nanoTime() - since > PATIENCE.toNanos()) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL gave no answer for %s s.".formatted(PATIENCE.toSeconds()),
          "Look for what keeps this machine or its disk busy, then start again.");
    }
  }

  private void watch() {
    try {
      for (var server = current; server != null; server = current) {
        var status = server.process().waitFor();
        if (isClosing()) {
          return;
        }
        LOG.error("PostgreSQL ended by itself (status {}); starting it again", status);
        bringBack();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void bringBack() throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (!closing.await(pause.toMillis(), MILLISECONDS) && !comesBack()) {
      var longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private boolean comesBack() throws InterruptedException {
    try {
      var server = launch();
      if (becomesReady(server)) {
        LOG.info("PostgreSQL is back on port {}", port);
        return true;
      }
      LOG.warn(
          "PostgreSQL does not start, trying again. It said last: {}", server.log().lastLines());
    } catch (EmbeddedServerException | IOException e) {
      LOG.warn("PostgreSQL does not start, trying again", e);
      stopCurrent();
    }
    return false;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Stops the server and leaves it stopped. */
  void close() throws InterruptedException {
    closing.countDown();
    synchronized (launching) {
      stopCurrent();
    }
  }

  private void stopCurrent() throws InterruptedException {
    var server = current;
    if (server != null) {
      server.stop();
    }
  }
}
