package org.tlsrpt.collector.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Updates must cost no report: what was begun is taken, what was answered is kept. */
class GracefulStopIT {

  private static final Logger log = LoggerFactory.getLogger(GracefulStopIT.class);

  private static final int SENDERS = 8;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Random random = new Random(1);
  private final List<HalfPosted> begun = new ArrayList<>();

  @TempDir(factory = Home.class, cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private volatile URI intake;

  @AfterEach
  void hangUp() throws IOException {
    for (var each : begun) {
      each.close();
    }
  }

  @Test
  void answersWhatItHasBegunAndKeepsWhatItAnsweredWhenItIsStoppedUnderLoad() throws Exception {
    var first = start();
    try (var load = load()) {
      try (first) {
        await().atMost(PATIENCE).until(() -> load.acknowledged().size() > 200);
        stop(first);
        assertThat(first.postmaster()).as("the database it started").isEmpty();
      }
      try (var second = start()) {
        finish(load, second);
        check(load, Stored.read(second.jdbcUrl(), "tlsrpt", second.databasePassword()));
      }
    }
  }

  @Test
  void endsInTimeWhenTheDatabaseHangsAndKeepsTheSpoolForTheNextStart() throws Exception {
    try (var database = new Proxied()) {
      var first = start(database.properties());
      try (var load = load()) {
        try (first) {
          await().atMost(PATIENCE).until(() -> load.acknowledged().size() > 100);
          database.proxy().stall();
          await().atMost(PATIENCE).until(() -> first.spooled() > 10);
          stop(first);
        }
        database.proxy().cut();
        database.proxy().pass();
        try (var second = start(database.properties())) {
          finish(load, second);
          check(load, database.stored());
        }
      }
    }
  }

  private Jar start(String... properties) throws IOException {
    var jar = Jar.start(home, properties);
    intake = jar.intake();
    return jar;
  }

  private Load load() {
    return new Load(() -> intake, SENDERS, PACE, random);
  }

  private void stop(Jar jar) throws Exception {
    for (var n = 0; n < 10; n++) {
      begun.add(HalfPosted.begin(intake, Sent.random("half-" + n, random)));
    }
    var begin = System.nanoTime();
    jar.terminate();
    jar.awaitInLog("Commencing graceful shutdown", STOP);
    for (var each : begun) {
      assertThat(each.finish()).as("the answer to what was begun").isIn(201, 202);
    }
    assertThat(jar.ends(STOP)).as("ended in time").isTrue();
    var took = Duration.ofNanos(System.nanoTime() - begin);
    log.info("stopped after {} ms", took.toMillis());
    assertThat(took).isLessThan(STOP);
  }

  private static void finish(Load load, Jar jar) throws InterruptedException {
    load.finish(PATIENCE);
    await().atMost(PATIENCE).until(() -> jar.spooled() == 0);
  }

  private void check(Load load, Stored stored) {
    var sent = new ArrayList<>(load.sent());
    var acknowledged = new ArrayList<>(load.acknowledged());
    for (var each : begun) {
      sent.add(each.report());
      acknowledged.add(each.report());
    }
    log.info(
        "acknowledged={} stored={} inDoubt={} answers={}",
        acknowledged.size(),
        stored.documents().size(),
        load.inDoubt().size(),
        load.counts());
    Invariant.check(sent, acknowledged, stored);
  }
}
