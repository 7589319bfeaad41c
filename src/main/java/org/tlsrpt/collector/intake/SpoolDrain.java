package org.tlsrpt.collector.intake;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.tlsrpt.collector.intake.Spool.Waiting;

/**
 * Empties the spool by itself, oldest first, some at once since the archive commits together what
 * arrives together. It begins with one; every round that gets somewhere doubles that. While the
 * database is away it asks ever more rarely, each time with one more, so that a single delivery
 * that fails for ever does not stand in the way of those behind it.
 */
final class SpoolDrain implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SpoolDrain.class);

  private static final int MOST_AT_ONCE = 64;

  /** For what is under way at a stop: of the time that a shutdown has, the doors need some too. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Files at once, unless a single one is larger: the largest body accepted is 10 MB by default.
   */
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final Spool spool;
  private final SpoolRound round;
  private final IntFunction<Duration> pauses;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition kept = lock.newCondition();
  private final Condition woken = lock.newCondition();
  private boolean awake;
  private @Nullable Thread thread;
  private volatile boolean stopping;
  private int atOnce = 1;
  private int fruitless;

  /** What became of a delivery that was handed over. */
  enum Drained {
    /** It is safe elsewhere, or of no use to anyone. */
    DONE,
    /** Not now: the database is away. */
    LATER,
    /** Trying again is of no use. */
    NEVER
  }

  /**
   * Drains once started.
   *
   * @param handOver called from several virtual threads at once, with the same delivery again if it
   *     said LATER or if the process was killed
   */
  SpoolDrain(Spool spool, Function<Delivery, Drained> handOver) {
    this(spool, handOver, SpoolPauses.standard()::after, PATIENCE);
  }

  /**
   * The same with other times.
   *
   * @param pauses by the number of rounds in a row that got nowhere; that of 1 is the shortest
   * @param patience for what is under way at a stop
   */
  SpoolDrain(
      Spool spool,
      Function<Delivery, Drained> handOver,
      IntFunction<Duration> pauses,
      Duration patience) {
    this.spool = spool;
    this.round = new SpoolRound(spool, handOver);
    this.pauses = pauses;
    this.patience = patience;
    spool.onKept(() -> signal(kept));
  }

  /**
   * Makes a pause no longer than the shortest, when the database is known to be back. May be called
   * however often.
   */
  void wake() {
    lock.lock();
    try {
      awake = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    lock.lock();
    try {
      if (thread == null) {
        stopping = false;
        thread = Thread.ofVirtual().name("spool-drain").start(this::drain);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Comes back when nothing is being handed over any more. What takes too long is interrupted; it
   * comes again at the next start.
   */
  @Override
  public void stop() {
    stopping = true;
    signal(kept);
    signal(woken);
    var running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(patience)) {
        running.interrupt();
        running.join();
      }
      thread = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop(Runnable callback) {
    Thread.ofVirtual()
        .name("spool-drain-stop")
        .start(
            () -> {
              stop();
              callback.run();
            });
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void signal(Condition condition) {
    lock.lock();
    try {
      condition.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    try {
      while (awaitFiles()) {
        log.info("Draining the spool: {} deliveries wait", spool.files());
        while (!stopping && spool.files() > 0) {
          pass();
        }
        log.info("Draining the spool ends: {} deliveries wait", spool.files());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code false} if this is the end. */
  private boolean awaitFiles() throws InterruptedException {
    lock.lock();
    try {
      while (!stopping && spool.files() == 0) {
        kept.await();
      }
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  /** Goes through the spool once, or until a round gets nowhere. */
  private void pass() throws InterruptedException {
    try {
      var waiting = spool.inOrder();
      if (!waiting.hasNext()) {
        pause();
      }
      while (!stopping && waiting.hasNext()) {
        if (!goOn(round.run(next(waiting)))) {
          pause();
          return;
        }
      }
    } catch (UncheckedIOException e) {
      log.warn("The spool cannot be listed", e);
      pause();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A drain that ends leaves what waits until the next start.
      log.error("Draining the spool failed, which is a defect here", e);
      pause();
    }
  }

  private List<Waiting> next(Iterator<Waiting> waiting) {
    var some = new ArrayList<Waiting>();
    var bytes = 0L;
    while (some.size() < atOnce && bytes < MOST_BYTES && waiting.hasNext()) {
      var each = waiting.next();
      some.add(each);
      bytes += each.bytes();
    }
    return some;
  }

  private boolean goOn(SpoolRound.Result result) {
    if (result.settled() == 0) {
      return false;
    }
    fruitless = 0;
    if (result.left() == 0) {
      atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
    }
    return true;
  }

  private void pause() throws InterruptedException {
    fruitless++;
    atOnce = Math.min(MOST_AT_ONCE, fruitless + 1);
    await(pauses.apply(fruitless));
  }

  private void await(Duration pause) throws InterruptedException {
    var begin = System.nanoTime();
    lock.lock();
    try {
      for (var left = left(pause, begin); left > 0 && !stopping; left = left(pause, begin)) {
        woken.awaitNanos(left);
      }
      awake = false;
    } finally {
      lock.unlock();
    }
  }

  private long left(Duration pause, long begin) {
    var whole = awake ? Math.min(pause.toNanos(), pauses.apply(1).toNanos()) : pause.toNanos();
    return whole - (System.nanoTime() - begin);
  }
}
