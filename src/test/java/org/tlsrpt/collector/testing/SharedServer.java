package org.tlsrpt.collector.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.FileSystemUtils;
import org.tlsrpt.collector.database.DatabaseSettings;
import org.tlsrpt.collector.database.EmbeddedServer;

/** The embedded server all tests of this JVM share; each asks for a database of its own. */
public final class SharedServer {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Path HOME = home();
  private static final EmbeddedServer SERVER =
      EmbeddedServer.start(new DatabaseSettings(HOME.toString(), 0));

  // One party for the server, one for each context that still uses its database.
  private static final Phaser USERS = new Phaser(1);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedServer::stop, "shared-server-stop"));
  }

  private SharedServer() {}

  /**
   * Makes an empty database. Nobody removes it before this JVM ends.
   *
   * @return the way to it; as a bean it tells by itself when its context closes
   */
  public static JdbcConnectionDetails newDatabase() throws SQLException {
    var name = "t_" + DATABASES.incrementAndGet();
    try (var connection =
            DriverManager.getConnection(
                SERVER.getJdbcUrl(), SERVER.getUsername(), SERVER.getPassword());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    USERS.register();
    return new Database(SERVER.getJdbcUrl().replaceFirst("[^/]+$", name));
  }

  private static Path home() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "database-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop() {
    try {
      waitForContexts();
      SERVER.close();
      FileSystemUtils.deleteRecursively(HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Contexts close in shutdown hooks of their own, which run at the same time as ours.
  private static void waitForContexts() {
    try {
      USERS.awaitAdvanceInterruptibly(USERS.arrive(), 5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // A context that was never closed must not keep the server running.
      USERS.forceTermination();
    }
  }

  private record Database(String url) implements JdbcConnectionDetails, Closeable {
    @Override
    public void close() {
      USERS.arriveAndDeregister();
    }

    @Override
    public String getJdbcUrl() {
      return url;
    }

    @Override
    public String getUsername() {
      return SERVER.getUsername();
    }

    @Override
    public String getPassword() {
      return SERVER.getPassword();
    }
  }
}
