package org.tlsrpt.collector.intake;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives written files their names. Those that arrive together share the fsync of their directory:
 * whoever comes first does it for all who have queued up meanwhile.
 */
final class SpoolArrivals {

  private final SpoolLayout layout;
  private final SpoolIndex index;
  private final Force force;
  private final Queue<Arrival> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();
  private long next;
  private @Nullable String shardMade;
  private boolean closed;

  /**
   * Goes on with the numbers of an earlier run.
   *
   * @param next the first number that was not used
   */
  SpoolArrivals(SpoolLayout layout, SpoolIndex index, Force force, long next) {
    this.layout = layout;
    this.index = index;
    this.force = force;
    this.next = next;
  }

  /** Makes the disk keep what was written to a file or directory. */
  interface Force {
    void force(Path path, FileChannel open) throws IOException;
  }

  private static final class Arrival {

    private final Path file;
    private final SpoolName.Key key;
    private @Nullable SpoolName name;
    private @Nullable IOException failure;
    private boolean settled;

    Arrival(Path file, SpoolName.Key key) {
      this.file = file;
      this.key = key;
    }

    void fail(IOException cause) {
      failure = cause;
      name = null;
    }
  }

  /**
   * Comes back when the name is on disk.
   *
   * @param file written and fsynced
   * @throws IOException if it is not there, under no name at all
   */
  void settle(Path file, SpoolName.Key key) throws IOException {
    var arrival = new Arrival(file, key);
    queue.add(arrival);
    turn.lock();
    try {
      if (!arrival.settled) {
        settleAll();
      }
      if (arrival.failure != null) {
        throw new IOException(arrival.failure.getMessage(), arrival.failure);
      }
    } finally {
      turn.unlock();
    }
  }

  private void settleAll() {
    var arrivals = new ArrayList<Arrival>();
    for (var each = queue.poll(); each != null; each = queue.poll()) {
      arrivals.add(each);
    }
    arrivals.forEach(this::rename);
    forceDirectories(arrivals);
    arrivals.forEach(arrival -> arrival.settled = true);
  }

  private void rename(Arrival arrival) {
    try {
      if (closed) {
        throw new IOException("the spool is closed");
      }
      var name = new SpoolName(next, arrival.key);
      makeShard(name.shard());
      Files.move(arrival.file, layout.of(name), ATOMIC_MOVE);
      next++;
      arrival.name = name;
      index.add(name);
    } catch (IOException e) {
      arrival.fail(e);
    }
  }

  private void makeShard(String shard) throws IOException {
    if (!shard.equals(shardMade)) {
      Files.createDirectories(layout.waiting().resolve(shard));
      force(layout.waiting());
      shardMade = shard;
    }
  }

  private void forceDirectories(List<Arrival> arrivals) {
    arrivals.stream()
        .filter(arrival -> arrival.name != null)
        .collect(groupingBy(arrival -> arrival.name.shard()))
        .forEach(this::forceDirectory);
  }

  private void forceDirectory(String shard, List<Arrival> arrivals) {
    try {
      force(layout.waiting().resolve(shard));
    } catch (IOException e) {
      arrivals.forEach(arrival -> takeBack(arrival, e));
    }
  }

  /** Its sender will be told that it is not kept. */
  private void takeBack(Arrival arrival, IOException cause) {
    var name = arrival.name;
    if (name == null) {
      return;
    }
    arrival.fail(cause);
    try {
      Files.deleteIfExists(layout.of(name));
      index.remove(name);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Who is interrupted works for others too: first the work, then the interrupt. */
  private void force(Path directory) throws IOException {
    try {
      forceOnce(directory);
    } catch (ClosedByInterruptException e) {
      var interrupted = Thread.interrupted();
      forceOnce(directory);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void forceOnce(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, READ)) {
      force.force(directory, channel);
    }
  }

  /** Removes the directory of an old shard if it is empty. */
  void removeShard(String shard) throws IOException {
    turn.lock();
    try {
      if (!shard.equals(SpoolName.shard(next)) && !shard.equals(shardMade)) {
        Files.deleteIfExists(layout.waiting().resolve(shard));
      }
    } catch (DirectoryNotEmptyException e) {
      // somebody else's files lie in it
    } finally {
      turn.unlock();
    }
  }

  /** Waits for what is being settled; nothing is settled after it. */
  void close() {
    turn.lock();
    try {
      closed = true;
    } finally {
      turn.unlock();
    }
  }
}
