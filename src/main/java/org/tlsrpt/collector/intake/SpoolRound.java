package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsrpt.collector.intake.Spool.Waiting;
import org.tlsrpt.collector.intake.SpoolDrain.Drained;
import org.tlsrpt.collector.intake.SpoolFile.Content;

/** Hands some deliveries of the spool over at once, and takes out what needs to wait no longer. */
final class SpoolRound {

  private static final Logger log = LoggerFactory.getLogger(SpoolRound.class);

  /** What breaks the one it is handed to may do better later, but hardly ever. */
  private static final int MOST_TRIES = 5;

  private final Spool spool;
  private final Function<Delivery, Drained> handOver;
  private final Map<SpoolName, Integer> tries = new ConcurrentHashMap<>();

  SpoolRound(Spool spool, Function<Delivery, Drained> handOver) {
    this.spool = spool;
    this.handOver = handOver;
  }

  /**
   * What a round brought.
   *
   * @param settled deliveries that wait no longer
   * @param left deliveries that still wait
   */
  record Result(long settled, long left) {}

  /** Comes back when all of them had their turn. */
  Result run(List<Waiting> some) {
    var settled = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each : some) {
        threads.execute(
            () -> {
              if (settle(each)) {
                settled.incrementAndGet();
              }
            });
      }
    }
    return new Result(settled.get(), some.size() - settled.get());
  }

  /** Whether it waits no longer. */
  private boolean settle(Waiting waiting) {
    try {
      return switch (spool.read(waiting)) {
        case Content.Gone() -> true;
        case Content.Torn(var reason) -> setAside(waiting, reason);
        case Content.Whole whole -> settle(waiting, handOver.apply(whole.delivery()));
      };
    } catch (ClosedByInterruptException e) {
      return false; // the collector is stopping
    } catch (IOException e) {
      return refusedByDisk(waiting, e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed(waiting, e);
    }
  }

  private boolean settle(Waiting waiting, Drained drained) throws IOException {
    return switch (drained) {
      case DONE -> {
        spool.remove(waiting);
        tries.remove(waiting.name());
        yield true;
      }
      case LATER -> false;
      case NEVER -> setAside(waiting, "it will never be taken");
    };
  }

  private boolean setAside(Waiting waiting, String reason) throws IOException {
    spool.setAside(waiting, reason);
    tries.remove(waiting.name());
    return true;
  }

  /** Said once: it may be whole all the same, so it stays until the disk is better. */
  private boolean refusedByDisk(Waiting waiting, IOException cause) {
    if (tries.putIfAbsent(waiting.name(), 0) == null) {
      log.warn("The disk does not give out or let go a delivery in the spool: {}", waiting, cause);
    }
    return false;
  }

  private boolean failed(Waiting waiting, Throwable cause) {
    var number = tries.merge(waiting.name(), 1, Integer::sum);
    log.warn("A delivery in the spool cannot be handled, try {}: {}", number, waiting, cause);
    try {
      return number >= MOST_TRIES && setAside(waiting, "it cannot be handled, a defect here");
    } catch (IOException e) {
      return refusedByDisk(waiting, e);
    }
  }
}
