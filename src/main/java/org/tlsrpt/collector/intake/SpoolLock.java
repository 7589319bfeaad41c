package org.tlsrpt.collector.intake;

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

/** Held while a collector uses a spool; the system frees it however the process ends. */
final class SpoolLock implements AutoCloseable {

  // Linux drops a process's lock when any of its descriptors of the file is closed: within this
  // process the file must not even be opened a second time.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private SpoolLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param home an existing directory, as a real path
   * @throws SpoolException if a living process holds it, this one included
   */
  static SpoolLock take(Path home) throws IOException {
    var file = home.resolve("lock");
    if (!HELD_HERE.add(file)) {
      throw SpoolException.inUse(home, String.valueOf(ProcessHandle.current().pid()));
    }
    try {
      return new SpoolLock(file, lock(home, file));
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  private static FileChannel lock(Path home, Path file) throws IOException {
    var channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      if (channel.tryLock() == null) {
        throw SpoolException.inUse(home, Files.readString(file, US_ASCII).strip());
      }
      channel.truncate(0);
      channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
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
