package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.ImportResult.Failure;
import org.tlsrpt.collector.store.NewReport.Source;

/**
 * Delivers what readers of archives find. Many deliveries are under way at a time, since what
 * arrives together shares a transaction; bounded by number and by bytes.
 */
final class ImportRun {

  static final String CHANNEL = "import";

  private static final int MOST_UNDER_WAY = 256;
  private static final int UNIT = 64 * 1024;
  private static final int HEAP_PARTS = 16;
  private static final int MOST_FAILURES = 100;
  private static final int LONGEST_NAME = 200;

  /** For a database that is away, or memory that others hold. */
  private static final int TRIES = 30;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final BiFunction<Delivery, Duration, Outcome> intake;
  private final Clock clock;
  private final @Nullable String recipientDomain;
  private final ImportListener listener;
  private final Semaphore places = new Semaphore(MOST_UNDER_WAY, true);
  private final int units;
  private final Semaphore room;
  private final List<Failure> failures = new ArrayList<>();
  private ImportCounts counts = ImportCounts.NONE;
  private volatile @Nullable String stopped;

  /**
   * Begins.
   *
   * @param recipientDomain of documents that come without
   */
  ImportRun(
      BiFunction<Delivery, Duration, Outcome> intake,
      Clock clock,
      @Nullable String recipientDomain,
      ImportListener listener) {
    this.intake = intake;
    this.clock = clock;
    this.recipientDomain = recipientDomain;
    this.listener = listener;
    this.units = (int) Math.max(1, Runtime.getRuntime().maxMemory() / HEAP_PARTS / UNIT);
    this.room = new Semaphore(units, true);
  }

  /** The import cannot go on. */
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1;

    Stopped(String why) {
      super(why);
    }
  }

  /**
   * Delivers a document; comes back when there is room for another.
   *
   * @param name where it was found
   * @param body any bytes at all
   * @throws Stopped if the import has to end
   */
  void found(String name, byte[] body, Origin origin) throws Stopped {
    check();
    var weight = (int) Math.min(units, 1L + body.length / UNIT);
    places.acquireUninterruptibly();
    room.acquireUninterruptibly(weight);
    Thread.startVirtualThread(
        () -> {
          try {
            deliver(name, delivery(body, origin));
          } catch (RuntimeException | Error e) {
            stop("of a defect here: " + e);
          } finally {
            room.release(weight);
            places.release();
          }
        });
  }

  /** Says of something that it cannot be delivered. */
  void refuse(String name, String reason) throws Stopped {
    check();
    count(ImportCounts::plusRefused);
    fail(name, reason);
  }

  /** So much more of the input was read. */
  void read(long bytes) {
    count(before -> before.plusBytes(bytes));
  }

  /** Ends the import as soon as what is under way is done. */
  void stop(String why) {
    if (stopped == null) {
      stopped = why;
    }
  }

  /** Waits for what is under way. */
  ImportResult end() {
    places.acquireUninterruptibly(MOST_UNDER_WAY);
    places.release(MOST_UNDER_WAY);
    synchronized (this) {
      return new ImportResult(counts, failures, stopped);
    }
  }

  private void check() throws Stopped {
    if (listener.wantsEnd()) {
      stop("it was told to");
    }
    var why = stopped;
    if (why != null) {
      throw new Stopped(why);
    }
  }

  private Delivery delivery(byte[] body, Origin origin) {
    var now = clock.instant();
    var arrival = Optional.ofNullable(origin.receivedAt()).filter(it -> it.isBefore(now));
    var domain = origin.recipientDomain();
    return new Delivery(
        body,
        new Source(CHANNEL, origin.ip(), origin.userAgent(), arrival.orElse(now)),
        new Delivery.Headers(null, null),
        domain == null ? recipientDomain : domain);
  }

  /** What was found before the end is tried once, whatever ended it. */
  private void deliver(String name, Delivery delivery) {
    for (var left = TRIES; left == TRIES || stopped == null; left--) {
      var outcome = intake.apply(delivery, Intake.PATIENCE_WITH_NOBODY);
      if (!(outcome instanceof Outcome.Unavailable unavailable)) {
        settle(name, outcome);
        return;
      }
      if (left == 0) {
        stop("the database cannot take it: " + unavailable.detail());
      } else {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void settle(String name, Outcome outcome) {
    switch (outcome) {
      case Outcome.Stored stored -> count(ImportCounts::plusStored);
      case Outcome.Duplicate duplicate -> count(ImportCounts::plusDuplicate);
      case Outcome.Quarantined quarantined -> {
        count(ImportCounts::plusQuarantined);
        fail(name, quarantined.detail());
      }
      case Outcome.Refused refused -> {
        count(ImportCounts::plusRefused);
        fail(name, refused.detail());
      }
      // In quarantine, for the version that mends it.
      case Outcome.Spooled spooled -> {
        count(ImportCounts::plusQuarantined);
        fail(name, "The database refuses the report, which is a defect here.");
      }
      case Outcome.Unavailable unavailable -> stop(unavailable.detail());
      // Three that only a sender at the door can get.
      case Outcome.Probed probed -> count(ImportCounts::plusRefused);
      case Outcome.Flooded flooded -> count(ImportCounts::plusRefused);
      case Outcome.Aborted aborted -> count(ImportCounts::plusRefused);
    }
  }

  private void count(UnaryOperator<ImportCounts> more) {
    synchronized (this) {
      counts = more.apply(counts);
      listener.progressed(counts);
    }
  }

  private void fail(String name, String reason) {
    var failure =
        new Failure(
            name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…", reason);
    synchronized (this) {
      if (failures.size() < MOST_FAILURES) {
        failures.add(failure);
      }
      listener.failed(failure);
    }
  }
}
