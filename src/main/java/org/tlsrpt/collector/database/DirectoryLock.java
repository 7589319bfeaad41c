package org.tlsrpt.collector.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Held while a collector lives on a directory. The system frees it when the process ends, however
 * it ends: so a server found behind a free lock is an orphan.
 */
final class DirectoryLock implements AutoCloseable {

  // Linux drops a process's lock when any of its descriptors of the file is closed: within this
  // process the file must not even be opened a second time.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param home an existing directory, as a real path
   * @throws EmbeddedServerException if a living process holds it, this one included
   */
  static DirectoryLock take(Path home) throws IOException {
    var file = home.resolve("lock");
    if (!HELD_HERE.add(file)) {
      throw inUse(home, String.valueOf(ProcessHandle.current().pid()));
    }
    try {
      return new DirectoryLock(file, lock(home, file));
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  private static FileChannel lock(Path home, Path file) throws IOException {
    var channel = FileChannel.open(file, CREATE, READ, WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw inUse(home, Files.readString(file, US_ASCII).strip());
    }
    try {
      channel.truncate(0);
      channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static EmbeddedServerException inUse(Path home, String pid) {
    return new EmbeddedServerException(
        "The database directory %s is in use by a collector that is running (process id %s)."
            .formatted(home, pid.isEmpty() ? "unknown" : pid),
        """
        Stop that process, or give this one a directory of its own with \
        tlsrpt.database.directory, or let both use one PostgreSQL server with \
        spring.datasource.url.""");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
