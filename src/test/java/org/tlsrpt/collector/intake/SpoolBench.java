package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.tlsrpt.collector.intake.SpoolDrain.Drained;

/** How many deliveries a second the spool keeps and gives back, on the disk of the temp folder. */
@Tag("bench")
class SpoolBench {

  private static final int COUNT = 20_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 64, 256, 1_000})
  void keepsAndDrains(int atOnce) throws Exception {
    var count = atOnce == 1 ? COUNT / 10 : COUNT;
    var fsyncs = new AtomicInteger();
    SpoolArrivals.Force force =
        (_, file) -> {
          fsyncs.incrementAndGet();
          file.force(true);
        };
    try (var spool = Spool.open(directory, 1L << 30, force)) {
      var begin = System.nanoTime();
      put(spool, count, atOnce);
      var put = System.nanoTime();
      var drain = new SpoolDrain(spool, _ -> Drained.DONE);
      assertThat(spool.files()).isEqualTo(count);
      drain.start();
      while (spool.files() > 0) {
        Thread.onSpinWait();
      }
      var drained = System.nanoTime();
      drain.stop();
      LoggerFactory.getLogger(SpoolBench.class)
          .info(
              "{} at once: {}/s put, {} fsyncs each, {}/s drained",
              atOnce,
              count * 1_000_000_000L / (put - begin),
              Math.round(100.0 * fsyncs.get() / count) / 100.0,
              count * 1_000_000_000L / (drained - put));
    }
  }

  private static void put(Spool spool, int count, int atOnce) throws InterruptedException {
    var permits = new Semaphore(atOnce);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < count; n++) {
        permits.acquire();
        var delivery = Deliveries.of(n + "x".repeat(800));
        threads.execute(
            () -> {
              assertThat(spool.put(Deliveries.id(delivery), delivery))
                  .isEqualTo(new Spool.Put.Kept());
              permits.release();
            });
      }
    }
  }
}
