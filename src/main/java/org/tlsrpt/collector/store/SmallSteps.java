package org.tlsrpt.collector.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;
import org.tlsrpt.collector.store.Leases.Lease;
import org.tlsrpt.collector.store.Position.OfReport;
import org.tlsrpt.collector.store.Sweep.Step;

/**
 * Deletes much, little by little: a transaction that lasts a moment, a pause three times as long,
 * and again, so that deliveries and queries hardly notice.
 */
@Component
final class SmallSteps implements DisposableBean {

  /** Deadlocks and locks that others hold are mostly gone at the next try. */
  private static final int TRIES = 3;

  /** Pauses grow with the steps, so that a busy database is left alone for longer. */
  private static final int TIMES_A_STEP = 3;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Whoever waits for a lock makes others wait behind it. A commit need not be on disk at once: a
   * step lost in a crash is done again.
   */
  private static final String BEGIN =
      """
      select set_config('lock_timeout', '2s', true), set_config('statement_timeout', '30s', true),
        set_config('synchronous_commit', 'off', true)
      """;

  private final Leases leases;
  private final TransactionOperations transactions;
  private final JdbcOperations jdbc;
  private final Predicate<Duration> pauses;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock turn = new ReentrantLock();
  private final ReadWriteLock atWork = new ReentrantReadWriteLock();

  /** How the steps of a sweep came to an end. */
  enum End {
    /** All is deleted that was due. */
    DONE,
    /** The collector is stopping. */
    STOPPED,
    /** Another instance has the lease. */
    LOST
  }

  @Autowired
  SmallSteps(Leases leases, TransactionOperations transactions, JdbcOperations jdbc) {
    this.leases = leases;
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.pauses = this::rest;
  }

  /**
   * The same with other pauses.
   *
   * @param pauses told how long each should be; {@code false} ends the steps
   */
  SmallSteps(
      Leases leases,
      TransactionOperations transactions,
      JdbcOperations jdbc,
      Predicate<Duration> pauses) {
    this.leases = leases;
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.pauses = pauses;
  }

  /**
   * Does some work, unless another instance or thread is at it.
   *
   * @param name of the work
   * @param work gets the lease on it, which is given back afterwards
   */
  void work(String name, Consumer<Lease> work) {
    atWork.readLock().lock();
    try {
      var lease = isClosed() ? Optional.<Lease>empty() : leases.take(name);
      if (lease.isPresent()) {
        try (var held = lease.get()) {
          work.accept(held);
        }
      }
    } finally {
      atWork.readLock().unlock();
    }
  }

  /**
   * Does all steps of a sweep.
   *
   * @param lease renewed by each step
   * @param within told what a step deleted, in its transaction
   * @param after told the same once it is committed
   * @return how it ended; what the database has against it comes as an exception
   */
  End run(Lease lease, Sweep sweep, Consumer<Removed> within, Consumer<Removed> after) {
    var position = Walk.BEGINNING;
    while (true) {
      var begin = System.nanoTime();
      var step = persistently(lease, sweep, position, within);
      if (step == null) {
        return isClosed() ? End.STOPPED : End.LOST;
      }
      after.accept(step.removed());
      if (step.last()) {
        return End.DONE;
      }
      position = step.position();
      if (!pauses.test(pause(Duration.ofNanos(System.nanoTime() - begin)))) {
        return End.STOPPED;
      }
    }
  }

  /** Lets the step at hand be finished and the lease be given back while the database is there. */
  @Override
  public void destroy() throws InterruptedException {
    closed.countDown();
    var idle = atWork.writeLock();
    if (idle.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      idle.unlock();
    }
  }

  private @Nullable Step persistently(
      Lease lease, Sweep sweep, OfReport from, Consumer<Removed> within) {
    for (var left = TRIES; ; left--) {
      try {
        return inTurn(lease, sweep, from, within);
      } catch (DataAccessException | TransactionException e) {
        if (left <= 1 || !SqlFailures.isForOthersSake(e) || !pauses.test(LONGEST_PAUSE)) {
          throw e;
        }
      }
    }
  }

  /** One step of one job at a time is enough for a database. */
  private @Nullable Step inTurn(Lease lease, Sweep sweep, OfReport from, Consumer<Removed> within) {
    turn.lock();
    try {
      return isClosed() ? null : transactions.execute(t -> step(lease, sweep, from, within));
    } finally {
      turn.unlock();
    }
  }

  private @Nullable Step step(Lease lease, Sweep sweep, OfReport from, Consumer<Removed> within) {
    jdbc.queryForList(BEGIN);
    if (!lease.renew()) {
      return null;
    }
    var step = sweep.step(jdbc, from);
    within.accept(step.removed());
    return step;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private boolean rest(Duration pause) {
    try {
      return !closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration pause(Duration took) {
    var pause = took.multipliedBy(TIMES_A_STEP);
    if (pause.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
