package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
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

  static {
    // After the contexts are closed, and their pools with them.
    SpringApplication.getShutdownHandlers().add(SharedServer::stop);
  }

  private SharedServer() {}

  /** Makes an empty database. Nobody removes it before this JVM ends. */
  public static JdbcConnectionDetails newDatabase() throws SQLException {
    var name = "t_" + DATABASES.incrementAndGet();
    try (var connection =
            DriverManager.getConnection(
                SERVER.getJdbcUrl(), SERVER.getUsername(), SERVER.getPassword());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
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
      SERVER.close();
      FileSystemUtils.deleteRecursively(HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Database(String url) implements JdbcConnectionDetails {
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
