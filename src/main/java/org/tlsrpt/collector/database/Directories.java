package org.tlsrpt.collector.database;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of the embedded server. */
final class Directories {

  private Directories() {}

  /**
   * Makes the directory, if need be.
   *
   * @return its real path
   * @throws EmbeddedServerException if it cannot be written
   */
  static Path writable(Path home) {
    try {
      Files.createDirectories(home);
      Files.deleteIfExists(Files.createTempFile(home, "unfinished-", null));
      return home.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The database directory %s cannot be written: %s".formatted(home, e),
          """
          Give this user the right to write it, or name another with \
          tlsrpt.database.directory, or a PostgreSQL server with spring.datasource.url.""",
          e);
    }
  }

  /** Makes sure that names made or moved in a directory survive a power cut. */
  static void force(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }
}
