package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.store.Reports.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<List<NewReport>> batches = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch go = new CountDownLatch(1);
  private final List<GroupCommit> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(GroupCommit::close);
  }

  @Test
  void goesOnAfterAReportThatTookAllMemory() {
    var poison = report().build();
    var commits =
        new GroupCommit(
            1,
            reports -> {
              if (reports.contains(poison)) {
                throw new OutOfMemoryError("a test");
              }
              return reports.stream()
                  .<SaveOutcome>map(r -> new SaveOutcome.Duplicate(r.id()))
                  .toList();
            });
    started.add(commits);

    assertThat(commits.save(poison, PATIENCE)).isInstanceOf(SaveOutcome.Unavailable.class);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(commits.save(report().build(), PATIENCE))
                    .isInstanceOf(SaveOutcome.Duplicate.class));
  }

  @Test
  void writesTogetherWhatGathersWhileItWrites() throws Exception {
    var group = start(this::storeAll);
    var first = inBackground(group, small());
    Awaitility.await().until(() -> batches.size() == 1);
    var others = new ArrayList<CompletableFuture<SaveOutcome>>();
    for (var i = 0; i < 150; i++) {
      others.add(inBackground(group, small()));
    }
    Awaitility.await().until(() -> group.waiting() == 150);

    go.countDown();

    assertThat(first.get()).isInstanceOf(SaveOutcome.Stored.class);
    for (var other : others) {
      assertThat(other.get()).isInstanceOf(SaveOutcome.Stored.class);
    }
    assertThat(batches).extracting(List::size).containsExactly(1, 100, 50);
  }

  @Test
  void givesEachItsOwnOutcome() throws Exception {
    var group = start(this::storeAll);
    go.countDown();
    var reports = List.of(small(), small(), small());
    var outcomes = reports.stream().map(each -> inBackground(group, each)).toList();

    for (var i = 0; i < reports.size(); i++) {
      assertThat(((SaveOutcome.Stored) outcomes.get(i).get()).id()).isEqualTo(reports.get(i).id());
    }
  }

  @Test
  void letsNoSmallReportWaitForALargeOneItCouldGoBefore() throws Exception {
    var group = start(this::storeAll);
    inBackground(group, small());
    Awaitility.await().until(() -> batches.size() == 1);
    var order = new LinkedBlockingQueue<NewReport>();
    for (var each : List.of(small(), large(), small())) {
      inBackground(group, each);
      order.add(each);
      Awaitility.await().until(() -> group.waiting() == order.size());
    }

    go.countDown();

    Awaitility.await().until(() -> batches.size() == 4);
    assertThat(batches).extracting(List::size).containsExactly(1, 1, 1, 1);
  }

  @Test
  void goesOnBesideATransactionThatTakesLong() throws Exception {
    var slow = small();
    var group =
        new GroupCommit(
            2,
            reports ->
                reports.contains(slow)
                    ? storeAll(reports)
                    : List.of(new SaveOutcome.Duplicate(reports.getFirst().id())));
    started.add(group);
    inBackground(group, slow);
    Awaitility.await().until(() -> batches.size() == 1);

    assertThat(group.save(small(), PATIENCE)).isInstanceOf(SaveOutcome.Duplicate.class);
  }

  /** The other writer waits for the next report meanwhile, and none may come. */
  @Test
  void writesALargeReportThatWasLeftOverWithoutWaitingForAnother() throws Exception {
    var last = small();
    var group =
        new GroupCommit(
            2,
            reports -> {
              var outcomes = storeAll(reports);
              if (reports.contains(last)) {
                Awaitility.await().until(GroupCommitTest::otherWriterWaits);
              }
              return outcomes;
            });
    started.add(group);
    var outcomes = new ArrayList<CompletableFuture<SaveOutcome>>();
    outcomes.add(inBackground(group, small()));
    Awaitility.await().until(() -> batches.size() == 1);
    outcomes.add(inBackground(group, small()));
    Awaitility.await().until(() -> batches.size() == 2);
    for (var each : List.of(last, large())) {
      outcomes.add(inBackground(group, each));
      var waiting = outcomes.size() - 2;
      Awaitility.await().until(() -> group.waiting() == waiting);
    }

    go.countDown();

    for (var outcome : outcomes) {
      assertThat(outcome.get()).isInstanceOf(SaveOutcome.Stored.class);
    }
  }

  @Test
  void givesUpWhenPatienceEnds() {
    var group = start(this::storeAll);

    assertThat(group.save(small(), Duration.ofMillis(1)))
        .isInstanceOf(SaveOutcome.Unavailable.class);
    assertThat(group.waiting()).as("nothing left behind").isZero();
  }

  @Test
  void leavesADatabaseThatWasAwayAloneForAMoment() {
    var group =
        start(
            reports -> {
              batches.add(reports);
              return Collections.nCopies(reports.size(), new SaveOutcome.Unavailable("away"));
            });

    assertThat(group.save(small(), PATIENCE)).isEqualTo(new SaveOutcome.Unavailable("away"));
    assertThat(group.save(small(), PATIENCE))
        .isEqualTo(new SaveOutcome.Unavailable("the database was away a moment ago"));
    assertThat(batches).hasSize(1);
    Awaitility.await()
        .until(
            () ->
                group.save(small(), PATIENCE).equals(new SaveOutcome.Unavailable("away"))
                    && batches.size() == 2);
  }

  @Test
  void survivesADefectOfTheWriting() {
    var group =
        start(
            reports -> {
              batches.add(reports);
              if (batches.size() == 1) {
                throw new IllegalStateException("a defect");
              }
              return storeAll(reports);
            });
    go.countDown();

    assertThat(group.save(small(), PATIENCE)).isInstanceOf(SaveOutcome.Unavailable.class);
    assertThat(group.save(small(), PATIENCE)).isInstanceOf(SaveOutcome.Stored.class);
  }

  @Test
  void tellsThoseWhoWaitWhenItStops() throws Exception {
    var group = start(this::storeAll);
    inBackground(group, small());
    Awaitility.await().until(() -> batches.size() == 1);
    var waiting = inBackground(group, small());
    Awaitility.await().until(() -> group.waiting() == 1);

    group.close();

    assertThat(waiting.get()).isEqualTo(new SaveOutcome.Unavailable("the collector is stopping"));
  }

  private static boolean otherWriterWaits() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("writer-") && thread.isAlive())
        .filter(thread -> thread.getState() == Thread.State.WAITING)
        .anyMatch(thread -> thread != Thread.currentThread());
  }

  private GroupCommit start(Function<List<NewReport>, List<SaveOutcome>> save) {
    var group = new GroupCommit(1, save);
    started.add(group);
    return group;
  }

  private List<SaveOutcome> storeAll(List<NewReport> reports) {
    batches.add(reports);
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reports.stream()
        .<SaveOutcome>map(each -> new SaveOutcome.Stored(each.id(), List.of()))
        .toList();
  }

  private static CompletableFuture<SaveOutcome> inBackground(GroupCommit group, NewReport report) {
    var outcome = new CompletableFuture<SaveOutcome>();
    Thread.ofVirtual().start(() -> outcome.complete(group.save(report, PATIENCE)));
    return outcome;
  }

  private static NewReport small() {
    return report().policy("sts", "example.com", 1, 0).build();
  }

  private static NewReport large() {
    return report().policy("sts", "example.com", 0, 1, 6_000).build();
  }
}
