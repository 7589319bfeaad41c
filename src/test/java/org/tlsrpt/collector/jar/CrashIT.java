package org.tlsrpt.collector.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was acknowledged is there after any crash, once: it is why operators can trust it. */
class CrashIT {

  private static final Logger log = LoggerFactory.getLogger(CrashIT.class);

  private enum Victim {
    JVM,
    DATABASE,
    BOTH
  }

  private static final int SENDERS = 8;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir(factory = Home.class, cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private Jar jar;
  private volatile URI intake;

  @Test
  void losesNothingAcknowledgedWhenJvmAndDatabaseAreKilledAtRandomUnderLoad() throws Exception {
    var seed = Long.getLong("crash.seed", System.nanoTime());
    var random = new Random(seed);

    start();
    try (var load = new Load(() -> intake, SENDERS, PACE, random)) {
      for (var victim : victims(random)) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(300, 2_500)).toNanos());
        kill(victim);
      }
      load.finish(PATIENCE);
      await().atMost(PATIENCE).until(() -> jar.spooled() == 0);

      var stored = Stored.read(jar.jdbcUrl(), "tlsrpt", jar.databasePassword());
      log.info(summary(seed, load, stored));
      Invariant.check(load.sent(), load.acknowledged(), stored);
      assertThat(load.acknowledged()).as("a run that proves something").hasSizeGreaterThan(100);
    } finally {
      jar.close();
    }
  }

  private void start() throws IOException {
    jar = Jar.start(home);
    intake = jar.intake();
  }

  /** Five, each kind at least once. */
  private static List<Victim> victims(Random random) {
    var victims = new ArrayList<>(List.of(Victim.values()));
    while (victims.size() < 5) {
      victims.add(Victim.values()[random.nextInt(Victim.values().length)]);
    }
    Collections.shuffle(victims, random);
    return victims;
  }

  private void kill(Victim victim) throws Exception {
    var postmaster = jar.postmaster();
    if (victim != Victim.JVM) {
      postmaster.ifPresent(ProcessHandle::destroyForcibly);
    }
    if (victim != Victim.DATABASE) {
      jar.killJvm();
      start();
    }
  }

  private static String summary(long seed, Load load, Stored stored) {
    return "crash.seed=%d acknowledged=%d stored=%d inDoubt=%d answers=%s"
        .formatted(
            seed,
            load.acknowledged().size(),
            stored.documents().size(),
            load.inDoubt().size(),
            load.counts());
  }
}
