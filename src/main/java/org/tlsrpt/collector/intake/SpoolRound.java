package org.tlsrpt.collector.intake;

import java.io.IOException;
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

  /** A file that cannot be read, or that breaks the one it is handed to, may do better later. */
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
    } catch (IOException e) {
      return failed(waiting, "the disk does not give it out or does not let it go", e);
    } catch (RuntimeException | StackOverflowError e) {
      return failed(waiting, "it cannot be handled, which is a defect here", e);
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

  private boolean failed(Waiting waiting, String reason, Throwable cause) {
    var number = tries.merge(waiting.name(), 1, Integer::sum);
    log.warn("A delivery in the spool failed, {}, try {}: {}", reason, number, waiting, cause);
    try {
      return number >= MOST_TRIES && setAside(waiting, reason);
    } catch (IOException e) {
      log.warn("A delivery in the spool cannot be set aside: {}", waiting, e);
      return false;
    }
  }
}
