package org.tlsrpt.collector.intake;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;
import org.tlsrpt.collector.intake.SpoolDrain.Drained;

class SpoolDrainTest {

  private static final long PLENTY = 1L << 30;
  private static final Duration FOREVER = Duration.ofDays(1);

  @TempDir Path directory;

  private final List<String> handedOver = Collections.synchronizedList(new ArrayList<>());
  private final List<SpoolDrain> drains = new ArrayList<>();
  private Spool spool;
  private Duration patience = Duration.ofSeconds(30);

  @BeforeEach
  void open() {
    spool = Spool.open(directory.resolve("spool"), PLENTY, (_, _) -> {});
  }

  @AfterEach
  void close() throws IOException {
    drains.forEach(SpoolDrain::stop);
    spool.close();
  }

  @Test
  void emptiesWhatAnEarlierRunLeft() {
    put("a", "b", "c");

    start(taking(_ -> Drained.DONE));

    awaitEmpty();
    assertThat(handedOver).containsExactlyInAnyOrder("a", "b", "c").startsWith("a");
  }

  @Test
  void noticesWhatIsPutLater() {
    start(taking(_ -> Drained.DONE));
    put("a");
    awaitEmpty();
    put("b");
    awaitEmpty();

    assertThat(handedOver).containsExactly("a", "b");
  }

  @Test
  void keepsRoughlyTheOrderOfArrival() {
    put(IntStream.range(0, 1_000).mapToObj(Integer::toString).toArray(String[]::new));

    start(taking(_ -> Drained.DONE));

    awaitEmpty();
    assertThat(handedOver).hasSize(1_000).doesNotHaveDuplicates();
    for (var place = 0; place < 1_000; place++) {
      assertThat(Integer.parseInt(handedOver.get(place))).isBetween(place - 64, place + 64);
    }
  }

  @Test
  void handsSeveralOverAtOnceButNotTooMany() {
    put(IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new));
    var now = new AtomicInteger();
    var most = new AtomicInteger();

    start(
        taking(
            _ -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
              return Drained.DONE;
            }));

    awaitEmpty();
    assertThat(most.get()).isBetween(2, 64);
  }

  @Test
  void boundsWhatIsHandedOverAtOnceByBytes() {
    IntStream.range(0, 12).forEach(n -> put(n + "x".repeat(6_000_000)));
    var now = new AtomicInteger();
    var most = new AtomicInteger();

    start(
        delivery -> {
          most.accumulateAndGet(now.addAndGet(delivery.body().length), Math::max);
          Thread.yield();
          now.addAndGet(-delivery.body().length);
          return Drained.DONE;
        });

    awaitEmpty();
    assertThat(most.get()).isLessThan(16 * 1024 * 1024 + 6_000_100);
  }

  @Test
  void keepsWhatIsNotTakenAndTriesAgain() {
    var away = new AtomicInteger(20);
    put("a", "b", "c");

    start(taking(_ -> away.decrementAndGet() > 0 ? Drained.LATER : Drained.DONE));

    awaitEmpty();
    assertThat(handedOver).contains("a", "b", "c");
    assertThat(spool.damaged()).isZero();
  }

  @Test
  void leavesTheDatabaseAloneUntilWoken() {
    var away = new AtomicBoolean(true);
    put("a");
    var drain =
        start(taking(_ -> away.get() ? Drained.LATER : Drained.DONE), shortAndThen(FOREVER));
    await().until(() -> handedOver.size() == 2);
    put("b", "c");
    assertThat(handedOver).as("puts do not end the pause").containsExactly("a", "a");

    away.set(false);
    drain.wake();

    awaitEmpty();
    assertThat(handedOver).contains("b", "c");
  }

  @Test
  void doesNotWaitForOneThatIsNeverTaken() {
    var texts = IntStream.range(0, 300).mapToObj(n -> "good " + n).toList();
    put("stuck 1", "stuck 2");
    put(texts.toArray(String[]::new));

    start(taking(body -> body.startsWith("stuck") ? Drained.LATER : Drained.DONE));

    await().until(() -> spool.files() == 2);
    assertThat(handedOver).containsAll(texts);
  }

  @Test
  void setsAsideWhatWillNeverBeTaken() throws IOException {
    put("a", "bad", "c");

    start(taking(body -> body.equals("bad") ? Drained.NEVER : Drained.DONE));

    awaitEmpty();
    assertThat(spool.damaged()).isOne();
    assertThat(damagedFiles()).hasSize(1);
    assertThat(handedOver).containsExactlyInAnyOrder("a", "bad", "c");
  }

  @Test
  void setsAsideWhatBreaksTheOneItIsHandedToAfterAFewTries() throws IOException {
    put("a", "bad", "c");

    start(
        taking(
            body -> {
              if (body.equals("bad")) {
                throw new IllegalStateException("a defect");
              }
              return Drained.DONE;
            }));

    awaitEmpty();
    assertThat(damagedFiles()).hasSize(1);
    assertThat(Collections.frequency(handedOver, "bad")).isEqualTo(5);
  }

  @Test
  void setsAsideWhatIsTornAndGoesOn() throws IOException {
    put("a", "b", "c");
    var torn = files().get(1);
    Files.write(torn, new byte[] {1, 2, 3});

    start(taking(_ -> Drained.DONE));

    awaitEmpty();
    assertThat(handedOver).containsExactlyInAnyOrder("a", "c");
    assertThat(damagedFiles()).containsExactly(torn.getFileName().toString());
  }

  @Test
  void passesByWhatTheDiskDoesNotGiveOutAndTakesItWhenItDoes() throws IOException {
    put("a", "b", "c");
    var file = files().get(1);
    var moved = directory.resolve("moved");
    Files.move(file, moved);
    Files.createDirectory(file);

    start(taking(_ -> Drained.DONE));

    await().until(() -> spool.files() == 1);
    assertThat(handedOver).containsExactlyInAnyOrder("a", "c");
    Files.move(moved, file, StandardCopyOption.REPLACE_EXISTING);
    awaitEmpty();
    assertThat(handedOver).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(spool.damaged()).isZero();
  }

  @Test
  void losesNothingWhenKilledInTheMiddle() throws IOException {
    var texts = IntStream.range(0, 200).mapToObj(n -> "report " + n).toList();
    put(texts.toArray(String[]::new));
    Set<String> stored = ConcurrentHashMap.newKeySet();
    var permits = new Semaphore(77);
    var killed = new AtomicBoolean();
    var blocked = new CountDownLatch(1);
    start(
        delivery -> {
          if (killed.get() || !permits.tryAcquire()) {
            blocked.countDown();
            return Drained.LATER;
          }
          stored.add(Deliveries.body(delivery));
          return Drained.DONE;
        },
        shortAndThen(FOREVER));
    await().until(() -> blocked.getCount() == 0);
    var copy = directory.resolve("copy");
    FileSystemUtils.copyRecursively(directory.resolve("spool"), copy);
    killed.set(true);

    try (var next = Spool.open(copy, PLENTY)) {
      var drain =
          new SpoolDrain(next, delivery -> done(stored, delivery), shortAndThen(FOREVER), FOREVER);
      drains.add(drain);
      drain.start();
      await().until(() -> next.files() == 0);
      drain.stop();
    }

    assertThat(stored).isEqualTo(new HashSet<>(texts));
  }

  @Test
  void stopsWhenWhatIsUnderWayIsDoneAndGoesOnWhenStartedAgain() throws InterruptedException {
    put("a", "b", "c");
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    var drain =
        start(
            taking(
                _ -> {
                  entered.countDown();
                  return awaitGo(go) ? Drained.DONE : Drained.LATER;
                }));
    assertThat(entered.await(10, SECONDS)).isTrue();

    drain.stop(stopped::countDown);
    assertThat(stopped.getCount()).as("a delivery is being handed over").isOne();
    go.countDown();

    assertThat(stopped.await(10, SECONDS)).isTrue();
    assertThat(drain.isRunning()).isFalse();
    drain.start();
    awaitEmpty();
    assertThat(handedOver).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void interruptsWhatTakesTooLongWhenStopped() {
    patience = Duration.ofMillis(10);
    put("a");
    var forever = new CountDownLatch(1);
    var drain = start(taking(_ -> awaitGo(forever) ? Drained.DONE : Drained.LATER));
    await().until(() -> handedOver.size() == 1);

    drain.stop();

    assertThat(drain.isRunning()).isFalse();
    assertThat(spool.files()).as("it comes again").isOne();
  }

  @Test
  void stopsAtOnceInTheMiddleOfAPause() {
    put("a");
    var drain = start(taking(_ -> Drained.LATER), shortAndThen(FOREVER));
    await().until(() -> handedOver.size() == 2);

    drain.stop();

    assertThat(drain.isRunning()).isFalse();
    assertThat(spool.files()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.0, 200",
    "2, 0.0, 400",
    "3, 0.0, 800",
    "6, 0.0, 6400",
    "7, 0.0, 10000",
    "8, 0.0, 10000",
    "1000000, 0.0, 10000",
    "1, 0.5, 150",
    "7, 0.5, 7500"
  })
  void pausesEverLonger(int fruitless, double random, long millis) {
    RandomGenerator fixed =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return 0;
          }

          @Override
          public double nextDouble() {
            return random;
          }
        };
    var pauses = new SpoolPauses(Duration.ofMillis(200), Duration.ofSeconds(10), fixed);

    assertThat(pauses.after(fruitless)).isEqualTo(Duration.ofMillis(millis));
  }

  private static Drained done(Set<String> stored, Delivery delivery) {
    stored.add(Deliveries.body(delivery));
    return Drained.DONE;
  }

  private static boolean awaitGo(CountDownLatch go) {
    try {
      return go.await(30, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Function<Delivery, Drained> taking(Function<String, Drained> answer) {
    return delivery -> {
      handedOver.add(Deliveries.body(delivery));
      return answer.apply(Deliveries.body(delivery));
    };
  }

  private static IntFunction<Duration> shortAndThen(Duration longer) {
    return fruitless -> fruitless == 1 ? Duration.ofMillis(1) : longer;
  }

  private SpoolDrain start(Function<Delivery, Drained> handOver) {
    return start(handOver, shortAndThen(Duration.ofMillis(2)));
  }

  private SpoolDrain start(Function<Delivery, Drained> handOver, IntFunction<Duration> pauses) {
    var drain = new SpoolDrain(spool, handOver, pauses, patience);
    drains.add(drain);
    drain.start();
    return drain;
  }

  private void put(String... bodies) {
    for (var body : bodies) {
      var delivery = Deliveries.of(body);
      assertThat(spool.put(Deliveries.id(delivery), delivery)).isEqualTo(new Spool.Put.Kept());
    }
  }

  private void awaitEmpty() {
    await().until(() -> spool.files() == 0);
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(directory.resolve("spool/waiting"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private List<String> damagedFiles() throws IOException {
    try (var all = Files.list(directory.resolve("spool/damaged"))) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
