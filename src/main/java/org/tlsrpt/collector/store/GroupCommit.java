package org.tlsrpt.collector.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets reports that arrive together share a transaction, since the commit is what costs. A report
 * that finds no other being written is written at once; while it is, the next ones gather, but not
 * for longer than {@value #COMPANY} ms: a large report must not hold up small ones.
 */
final class GroupCommit implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  private static final int MOST_REPORTS = 100;

  /** A report with more rows than this goes alone, so that no small one waits for it. */
  private static final int MOST_ROWS = 5_000;

  private static final long COMPANY = 10;

  private static final int LONGEST_QUEUE = 10_000;

  private static final SaveOutcome STOPPING =
      new SaveOutcome.Unavailable("the collector is stopping");

  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private final Function<List<NewReport>, List<SaveOutcome>> save;
  private final Rest rest = new Rest();
  private final ReentrantLock gathering = new ReentrantLock();
  private final Semaphore turn = new Semaphore(1);
  private final List<Thread> writers;

  /**
   * Starts the writers.
   *
   * @param writers so many transactions at a time
   * @param save writes some reports in one transaction and gives an outcome for each
   */
  GroupCommit(int writers, Function<List<NewReport>, List<SaveOutcome>> save) {
    this.save = save;
    this.writers =
        IntStream.rangeClosed(1, writers)
            .mapToObj(n -> Thread.ofPlatform().daemon().name("writer-" + n).start(this::write))
            .toList();
  }

  /** A report and who waits for its outcome. */
  private record Waiting(NewReport report, CompletableFuture<SaveOutcome> outcome) {

    int rows() {
      return report.report().policies().stream()
          .mapToInt(policy -> 1 + policy.failureDetails().size())
          .sum();
    }
  }

  /**
   * Saves a report together with others.
   *
   * @param patience to wait for the outcome; after it the report may still become stored
   */
  SaveOutcome save(NewReport report, Duration patience) {
    if (!rest.isOver()) {
      return new SaveOutcome.Unavailable("the database was away a moment ago");
    }
    var waiting = new Waiting(report, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      return new SaveOutcome.Unavailable("too many reports wait to be written");
    }
    try {
      return waiting.outcome().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      queue.remove(waiting);
      return new SaveOutcome.Unavailable("the database takes longer than " + patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return STOPPING;
    } catch (ExecutionException e) {
      throw new IllegalStateException("writers complete normally", e);
    }
  }

  /** Reports that no writer has taken yet. */
  int waiting() {
    return queue.size();
  }

  private void write() {
    Waiting carried = null;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        carried = writeSome(carried);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        // Whoever waits for these reports keeps them elsewhere; the writer must outlive it.
        log.error("A writer stumbled, which is a defect here", e);
        carried = null;
      }
    }
  }

  /**
   * Writers gather one after the other, else each would go with the one report it has. What was
   * left over from the last time goes without: who gathers may be waiting for the next report.
   */
  private @Nullable Waiting writeSome(@Nullable Waiting carried) throws InterruptedException {
    var batch = new ArrayList<Waiting>();
    var first = false;
    try {
      Waiting next;
      if (carried == null) {
        gathering.lockInterruptibly();
        try {
          batch.add(queue.take());
          first = turn.tryAcquire(COMPANY, TimeUnit.MILLISECONDS);
          next = gather(batch);
        } finally {
          gathering.unlock();
        }
      } else {
        batch.add(carried);
        next = gather(batch);
      }
      complete(batch, outcomes(batch));
      return next;
    } catch (InterruptedException e) {
      complete(batch, Collections.nCopies(batch.size(), STOPPING));
      throw e;
    } finally {
      if (first) {
        turn.release();
      }
    }
  }

  /** Takes what waits, as far as it fits to the first; gives back the first that does not. */
  private @Nullable Waiting gather(List<Waiting> batch) {
    var rows = batch.getFirst().rows();
    while (batch.size() < MOST_REPORTS && rows < MOST_ROWS) {
      var next = queue.poll();
      if (next == null) {
        return null;
      }
      rows += next.rows();
      if (rows > MOST_ROWS) {
        return next;
      }
      batch.add(next);
    }
    return null;
  }

  private List<SaveOutcome> outcomes(List<Waiting> batch) {
    var reports = batch.stream().map(Waiting::report).toList();
    try {
      var outcomes = save.apply(reports);
      rest.after(outcomes.getFirst());
      return outcomes;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A writer that ends takes all reports behind it along: none of them would be stored again.
      log.error("Writing reports failed, which is a defect here", e);
      return Collections.nCopies(
          reports.size(), new SaveOutcome.Unavailable("a defect, see the log"));
    }
  }

  private static void complete(List<Waiting> batch, List<SaveOutcome> outcomes) {
    for (var i = 0; i < batch.size(); i++) {
      batch.get(i).outcome().complete(outcomes.get(i));
    }
  }

  /** Reports still waiting are not written: whoever waits for them keeps them elsewhere. */
  @Override
  public void close() {
    writers.forEach(Thread::interrupt);
    queue.forEach(waiting -> waiting.outcome().complete(STOPPING));
  }

  /**
   * A database that was away is left alone for a moment, so that deliveries need not wait each for
   * a connection that will not come. After it one delivery tries while the others still rest.
   */
  private static final class Rest {

    private static final long NANOS = 500_000_000;

    private boolean away;
    private long until;

    synchronized void after(SaveOutcome outcome) {
      away = outcome instanceof SaveOutcome.Unavailable;
      until = System.nanoTime() + NANOS;
    }

    synchronized boolean isOver() {
      if (!away) {
        return true;
      }
      var now = System.nanoTime();
      if (until - now > 0) {
        return false;
      }
      until = now + NANOS;
      return true;
    }
  }
}
