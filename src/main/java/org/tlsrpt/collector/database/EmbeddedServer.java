package org.tlsrpt.collector.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL server that belongs to this process: started with it, started again when it dies,
 * stopped with it. Reachable on the loopback address only, with a password only; what it committed
 * is on disk.
 */
public final class EmbeddedServer implements JdbcConnectionDetails, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

  private final DirectoryLock lock;
  private final Supervisor supervisor;
  private final String password;

  private EmbeddedServer(DirectoryLock lock, Supervisor supervisor, String password) {
    this.lock = lock;
    this.supervisor = supervisor;
    this.password = password;
  }

  /**
   * Starts the server of a directory, making its database if there is none yet. A server left over
   * from a collector that was killed is stopped first.
   *
   * @return when it takes statements
   * @throws EmbeddedServerException if it cannot run; says why and what to do
   */
  public static EmbeddedServer start(DatabaseSettings settings) {
    return start(settings, settings.home().resolve("server"));
  }

  /** The same with the programs unpacked elsewhere, so that tests need not unpack them each. */
  static EmbeddedServer start(DatabaseSettings settings, Path programs) {
    var home = Directories.writable(settings.home());
    try {
      var lock = DirectoryLock.take(home);
      try {
        return start(lock, home, Programs.in(Binaries.unpack(programs)), settings.port());
      } catch (IOException | InterruptedException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL in %s cannot be started: %s".formatted(home, e),
          "See that its disk has space, or name a PostgreSQL server with spring.datasource.url.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL started", e);
    }
  }

  private static EmbeddedServer start(DirectoryLock lock, Path home, Programs programs, int port)
      throws IOException, InterruptedException {
    Orphan.stop(DataDirectory.in(home), programs);
    var data = DataDirectory.open(home, programs);
    var supervisor = new Supervisor(programs, data, freePort(port));
    try {
      supervisor.start();
    } catch (IOException | InterruptedException | RuntimeException e) {
      supervisor.close();
      throw e;
    }
    LOG.info("Embedded PostgreSQL {} in {}: {}", DataDirectory.MAJOR, home, supervisor.jdbcUrl());
    return new EmbeddedServer(lock, supervisor, data.password());
  }

  /** The port asked for, or a free one for 0. */
  private static int freePort(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL cannot listen on port %s: %s".formatted(port, e.getMessage()),
          """
          Stop what uses that port, or set tlsrpt.database.port to another one, or to 0 for one \
          that is free.""",
          e);
    }
  }

  @Override
  public String getJdbcUrl() {
    return supervisor.jdbcUrl();
  }

  @Override
  public String getUsername() {
    return DataDirectory.ROLE;
  }

  @Override
  public String getPassword() {
    return password;
  }

  /** Stops the server; connections still open are cut. */
  @Override
  public void close() throws IOException {
    try (lock) {
      supervisor.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
