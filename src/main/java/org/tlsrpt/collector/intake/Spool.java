package org.tlsrpt.collector.intake;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsrpt.collector.intake.SpoolFile.Content;

/**
 * A directory of deliveries that wait while the database is away. What {@link #put} says is kept
 * survives a power cut. Files are written aside, fsynced and renamed, so that nothing half-written
 * ever has a name that counts.
 */
final class Spool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);

  private final SpoolLock lock;
  private final SpoolLayout layout;
  private final SpoolIndex index;
  private final SpoolArrivals arrivals;
  private final SpoolArrivals.Force force;
  private final AtomicLong written = new AtomicLong();
  private final Map<SpoolName.Key, CompletableFuture<Put>> underway = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

  private Spool(SpoolLock lock, SpoolLayout layout, long most, SpoolArrivals.Force force)
      throws IOException {
    this.lock = lock;
    this.layout = layout;
    this.index = new SpoolIndex(most);
    this.force = force;
    layout.removeUnfinished();
    layout.takeBack();
    this.arrivals = new SpoolArrivals(layout, index, force, findWaiting(findDamaged(0)));
  }

  /** What became of a delivery. */
  sealed interface Put {

    /** On disk, now or since an earlier time. */
    record Kept() implements Put {}

    /** No room within the bound. */
    record Full() implements Put {}

    /**
     * The disk does not take it; nothing of it is left.
     *
     * @param cause what the disk says
     */
    record Failed(IOException cause) implements Put {}
  }

  /**
   * A delivery in the spool.
   *
   * @param name of its file
   * @param bytes of its file
   */
  record Waiting(SpoolName name, long bytes) {}

  /**
   * Opens a spool, or makes one, and finds what an earlier run left in it.
   *
   * @param directory for this process alone
   * @param most bytes of disk that files may take together, in blocks of 4 KiB
   * @throws SpoolException if it cannot be used; says why and what to do
   */
  static Spool open(Path directory, long most) {
    return open(directory, most, (_, file) -> file.force(true));
  }

  /** The same with a disk that can be made to fail. */
  static Spool open(Path directory, long most, SpoolArrivals.Force force) {
    try {
      var home = SpoolLayout.home(directory, force);
      var lock = SpoolLock.take(home);
      try {
        return new Spool(lock, SpoolLayout.in(home, force), most, force);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw SpoolException.unusable(directory, e);
    }
  }

  private long findDamaged(long next) throws IOException {
    for (var name : layout.damagedNames()) {
      index.addDamaged(Files.size(layout.damaged().resolve(name.toString())));
      next = Math.max(next, name.sequence() + 1);
    }
    return next;
  }

  private long findWaiting(long next) throws IOException {
    for (var shard : layout.shards()) {
      for (var name : SpoolLayout.names(shard)) {
        index.addFound(name, Files.size(layout.of(name)));
        next = Math.max(next, name.sequence() + 1);
      }
    }
    return next;
  }

  /**
   * Keeps a delivery.
   *
   * @param id of the report in it
   * @return after it is on disk, if it is kept
   */
  Put put(UUID id, Delivery delivery) {
    var key = SpoolName.Key.of(id, delivery.recipientDomain());
    var mine = new CompletableFuture<Put>();
    var other = underway.putIfAbsent(key, mine);
    if (other != null) {
      return other.join();
    }
    try {
      var put = isThere(key) ? new Put.Kept() : keep(key, SpoolFile.of(id, delivery));
      mine.complete(put);
      return put;
    } finally {
      mine.complete(new Put.Failed(new IOException("a defect, see the log")));
      underway.remove(key);
    }
  }

  /** Looks into the file, since a damaged one is no reason to keep no other. */
  private boolean isThere(SpoolName.Key key) {
    try {
      var name = index.find(key);
      return name.isPresent() && SpoolFile.read(layout.of(name.get())) instanceof Content.Whole;
    } catch (IOException e) {
      return false;
    }
  }

  private Put keep(SpoolName.Key key, SpoolFile file) {
    if (!index.reserve(file.length())) {
      return new Put.Full();
    }
    var aside = layout.incoming().resolve(Long.toString(written.incrementAndGet()));
    try {
      write(file, aside);
      arrivals.settle(aside, key);
    } catch (IOException e) {
      index.release(file.length());
      delete(aside);
      return new Put.Failed(e);
    }
    listeners.forEach(Runnable::run);
    return new Put.Kept();
  }

  private void write(SpoolFile file, Path aside) throws IOException {
    try (var channel = FileChannel.open(aside, CREATE_NEW, WRITE)) {
      file.writeTo(channel);
      force.force(aside, channel);
    }
  }

  private static void delete(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      log.warn("A half-written file stays until the next start: {}", aside, e);
    }
  }

  /** Has something run after every delivery that is kept. */
  void onKept(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * One pass over what waits, oldest first; what arrives meanwhile may be left to the next.
   *
   * @return its methods throw {@link UncheckedIOException} if a directory cannot be listed
   */
  Iterator<Waiting> inOrder() {
    try {
      return new SpoolListing(layout, this::removeShard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeShard(String shard) {
    try {
      arrivals.removeShard(shard);
    } catch (IOException e) {
      log.warn("An empty directory of the spool stays: {}", shard, e);
    }
  }

  /** What waits longest. */
  Optional<Waiting> oldest() {
    var all = inOrder();
    return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
  }

  /** Gives back what was put, or what is wrong with it. */
  Content read(Waiting waiting) throws IOException {
    var content = SpoolFile.read(layout.of(waiting.name()));
    return content instanceof Content.Whole whole && !whole.id().equals(waiting.name().key().id())
        ? new Content.Torn("it holds another delivery than its name says")
        : content;
  }

  /** Forgets a delivery that is safe elsewhere. A crash may bring it back. */
  void remove(Waiting waiting) throws IOException {
    if (Files.deleteIfExists(layout.of(waiting.name()))) {
      forget(waiting);
    }
  }

  /**
   * Moves a file to {@code damaged}, where it stays for people to look at.
   *
   * @param reason for the log, without any of the sender's text
   */
  void setAside(Waiting waiting, String reason) throws IOException {
    var aside = layout.damaged().resolve(waiting.name().toString());
    try {
      Files.move(layout.of(waiting.name()), aside, ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    index.addDamaged(waiting.bytes());
    forget(waiting);
    log.error("A delivery in the spool was set aside, {}: {}", reason, aside);
  }

  private void forget(Waiting waiting) {
    index.remove(waiting.name());
    index.release(waiting.bytes());
  }

  /** How many deliveries wait. */
  long files() {
    return index.files();
  }

  /** Disk that they take, in blocks of 4 KiB. */
  long bytes() {
    return index.bytes();
  }

  /** How many files were set aside, in earlier runs too. */
  long damaged() {
    return index.damaged();
  }

  /** Since when the oldest waits. */
  Optional<Instant> oldestArrival() {
    try {
      var oldest = oldest();
      return oldest.isEmpty()
          ? Optional.empty()
          : Optional.of(Files.getLastModifiedTime(layout.of(oldest.get().name())).toInstant());
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Lets another process use the directory. Puts under way are finished, later ones fail. */
  @Override
  public void close() throws IOException {
    arrivals.close();
    lock.close();
  }
}
