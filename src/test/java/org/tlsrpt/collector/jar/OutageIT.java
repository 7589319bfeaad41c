package org.tlsrpt.collector.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Senders notice nothing of a database that is away: they get their answer, and in time. */
class OutageIT {

  private static final Logger log = LoggerFactory.getLogger(OutageIT.class);

  private static final int SENDERS = 80;

  /** Longer than any answer should take, so that the load does not fall when answers come late. */
  private static final Duration PACE = Duration.ofMillis(1_600);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final long PROMISED_MILLIS = 2_000;

  /** For the one answer in a hundred at which the machine had something else to do. */
  private static final long LONGEST_ANSWER_MILLIS = 4_000;

  @TempDir(factory = Home.class, cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  @Test
  void answersInTimeAndLosesNothingWhileTheDatabaseHangsAndThenIsGone() throws Exception {
    try (var database = new Proxied();
        var jar = Jar.start(home, database.properties());
        var load = load(jar)) {
      goOnFor(Duration.ofSeconds(4));
      database.proxy().stall();
      goOnFor(Duration.ofSeconds(15));
      database.proxy().cut();
      goOnFor(Duration.ofSeconds(15));
      database.proxy().pass();
      goOnFor(Duration.ofSeconds(4));
      load.finish(PATIENCE);
      await().atMost(PATIENCE).until(() -> jar.spooled() == 0);

      check(load, database.stored());
    }
  }

  private static Load load(Jar jar) {
    var intake = jar.intake();
    return new Load(() -> intake, SENDERS, PACE, new Random(1));
  }

  private static void goOnFor(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private static void check(Load load, Stored stored) {
    var millis = load.answers().stream().mapToLong(Load.Answer::millis).sorted().toArray();
    var longest = millis[millis.length - 1];
    log.info(
        "acknowledged={} stored={} answers={} p50={} ms p99={} ms max={} ms",
        load.acknowledged().size(),
        stored.documents().size(),
        load.counts(),
        millis[millis.length / 2],
        millis[millis.length * 99 / 100],
        longest);
    assertThat(load.posts()).as("all were answered").isEqualTo(millis.length);
    assertThat(millis[millis.length * 99 / 100]).as("99 %%, ms").isLessThan(PROMISED_MILLIS);
    assertThat(longest).as("the longest answer, ms").isLessThan(LONGEST_ANSWER_MILLIS);
    assertThat(load.counts().getOrDefault(202, 0L)).as("spooled").isGreaterThan(100);
    Invariant.check(load.sent(), load.acknowledged(), stored);
    assertThat(stored.documents()).hasSize(load.sent().size());
  }
}
