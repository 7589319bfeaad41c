package org.tlsrpt.collector.intake;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import org.tlsrpt.collector.intake.Spool.Put;
import org.tlsrpt.collector.intake.Spool.Waiting;
import org.tlsrpt.collector.intake.SpoolFile.Content;

class SpoolTest {

  private static final long PLENTY = 1L << 30;

  @TempDir Path directory;
  private int interruptions;

  @Test
  void givesBackInOrderWhatWasPut() throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "a", "b", "c");

      assertThat(bodies(spool)).containsExactly("a", "b", "c");
      assertThat(spool.files()).isEqualTo(3);
      assertThat(spool.bytes()).isEqualTo(3 * 4096);
    }
  }

  @Test
  void keepsEverythingAndTheOrderWhenOpenedAgain() throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "a", "b", "c");
      spool.remove(spool.oldest().orElseThrow());
    }
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "d");

      assertThat(bodies(spool)).containsExactly("b", "c", "d");
      assertThat(spool.files()).isEqualTo(3);
      assertThat(spool.bytes()).isEqualTo(3 * 4096);
    }
  }

  @Test
  void survivesAKillAtAnyMoment() throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "a", "b");
      spool.remove(spool.oldest().orElseThrow());
      Files.writeString(home().resolve("incoming/77"), "half-writ");

      try (var next = Spool.open(snapshot(), PLENTY)) {
        assertThat(bodies(next)).containsExactly("b");
        assertThat(snapshot().resolve("incoming")).isEmptyDirectory();
        assertThat(put(next, "c")).containsExactly(new Put.Kept());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, 1, the same again",
    ", , 1, the same again without a domain",
    "example.com, example.net, 2, a report without policy domain is another one there",
    "example.com, , 2, and without a domain",
  })
  void keepsTheSameReportOnceForEachDomainItIsAddressedTo(
      @Nullable String first, @Nullable String second, int files, String why) throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      assertThat(put(spool, Deliveries.to(first, "same"))).isEqualTo(new Put.Kept());
      assertThat(put(spool, Deliveries.to(second, "same"))).isEqualTo(new Put.Kept());
      assertThat(spool.files()).as(why).isEqualTo(files);
    }
    try (var spool = Spool.open(home(), PLENTY)) {
      assertThat(put(spool, Deliveries.to(second, "same"))).isEqualTo(new Put.Kept());
      assertThat(spool.files()).as("opened again").isEqualTo(files);
    }
  }

  @Test
  void keepsTheSameReportAnewWhenTheFirstFileIsDamaged() throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "same");
      cutOff(file(spool, spool.oldest().orElseThrow()));

      put(spool, "same");

      assertThat(bodies(spool)).containsExactly("torn", "same");
    }
  }

  @Test
  void losesNothingOfAThousandThatComeAtOnce() throws Exception {
    var texts = IntStream.range(0, 1_000).mapToObj(n -> "report " + n).toList();
    try (var spool = Spool.open(home(), PLENTY)) {
      // each twice
      var puts = new ArrayList<Callable<Put>>();
      texts.forEach(text -> puts.add(() -> put(spool, Deliveries.of(text))));
      texts.forEach(text -> puts.add(() -> put(spool, Deliveries.of(text))));
      assertThat(allAtOnce(puts)).hasSize(2_000).containsOnly(new Put.Kept());
    }
    try (var spool = Spool.open(home(), PLENTY)) {
      assertThat(bodies(spool)).containsExactlyInAnyOrderElementsOf(texts);
      assertThat(spool.files()).isEqualTo(1_000);
    }
  }

  @Test
  void sharesTheFsyncOfTheDirectory() throws Exception {
    var directories = new AtomicInteger();
    var written = new CountDownLatch(1 + 64);
    SpoolArrivals.Force force =
        (path, _) -> {
          if (!Files.isDirectory(path)) {
            written.countDown();
          } else if (directories.incrementAndGet() > 2) {
            await(written);
          }
        };
    try (var spool = Spool.open(home(), PLENTY, force)) {
      directories.set(0);
      put(spool, "makes the directory");
      var puts = new ArrayList<Callable<Put>>();
      IntStream.range(0, 64).forEach(n -> puts.add(() -> put(spool, Deliveries.of("" + n))));

      assertThat(allAtOnce(puts)).containsOnly(new Put.Kept());
      assertThat(directories.get()).isLessThan(2 + 64);
    }
  }

  /** What is fsynced in a directory is lost with the directory's own name. */
  @Test
  void makesItsDirectoriesDurable() throws IOException {
    var forced = new ArrayList<Path>();
    var parent = home().resolve("new").resolve("newer");

    Spool.open(parent.resolve("spool"), PLENTY, (path, _) -> forced.add(path)).close();

    assertThat(forced)
        .containsExactly(
            home().getParent(), home(), home().resolve("new"), parent, parent.resolve("spool"));
  }

  @Test
  void isFullByBlocksOfDiskAndHasRoomAgainAfterRemoval() throws IOException {
    try (var spool = Spool.open(home(), 3 * 4096)) {
      assertThat(put(spool, "a", "b", "c", "d"))
          .containsExactly(new Put.Kept(), new Put.Kept(), new Put.Kept(), new Put.Full());
      assertThat(put(spool, "a")).as("is there").containsExactly(new Put.Kept());

      spool.remove(spool.oldest().orElseThrow());

      assertThat(put(spool, "x".repeat(8_000))).containsExactly(new Put.Full());
      assertThat(put(spool, "d")).containsExactly(new Put.Kept());
      assertThat(bodies(spool)).containsExactly("b", "c", "d");
    }
  }

  @Test
  void countsDamagedFilesAgainstTheBound() throws IOException {
    try (var spool = Spool.open(home(), 4096)) {
      put(spool, "a");
      spool.setAside(spool.oldest().orElseThrow(), "a test");
      assertThat(put(spool, "b")).containsExactly(new Put.Full());
    }
    try (var spool = Spool.open(home(), 4096)) {
      assertThat(put(spool, "b")).as("opened again").containsExactly(new Put.Full());
      assertThat(spool.damaged()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void leavesNothingBehindWhenTheDiskIsFull(int failing) throws IOException {
    var fsyncs = new AtomicInteger();
    var full = new AtomicBoolean();
    // 0: the file, 1: the new directory, 2: the name in it
    SpoolArrivals.Force force =
        (_, _) -> {
          if (full.get() && fsyncs.getAndIncrement() == failing) {
            throw new IOException("No space left on device");
          }
        };
    try (var spool = Spool.open(home(), PLENTY, force)) {
      full.set(true);
      assertThat(put(spool, Deliveries.of("a")))
          .isInstanceOfSatisfying(
              Put.Failed.class,
              failed -> assertThat(failed.cause()).hasMessage("No space left on device"));
      assertThat(bodies(spool)).isEmpty();
      assertThat(home().resolve("incoming")).isEmptyDirectory();
      assertThat(List.of(spool.files(), spool.bytes())).containsOnly(0L);

      full.set(false);
      assertThat(put(spool, "a")).containsExactly(new Put.Kept());
      assertThat(bodies(spool)).containsExactly("a");
    }
  }

  @Test
  void finishesForAllWhenTheOneWhoDoesItIsInterrupted() throws IOException {
    SpoolArrivals.Force force =
        (path, file) -> {
          if (path.endsWith(SpoolName.shard(0)) && interruptions++ == 0) {
            Thread.currentThread().interrupt();
          }
          file.force(true);
        };
    try (var spool = Spool.open(home(), PLENTY, force)) {
      assertThat(put(spool, Deliveries.of("a"))).isEqualTo(new Put.Kept());
      assertThat(Thread.interrupted()).as("is told afterwards").isTrue();
      assertThat(bodies(spool)).containsExactly("a");
    }
  }

  @Test
  void setsAsideForPeopleToLookAtAndTakesBackWhatTheyReturn() throws IOException {
    Path aside;
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "a", "b");
      var oldest = spool.oldest().orElseThrow();

      spool.setAside(oldest, "a test");

      aside = home().resolve("damaged").resolve(oldest.name().toString());
      assertThat(aside).isRegularFile();
      assertThat(bodies(spool)).containsExactly("b");
      assertThat(spool.damaged()).isOne();
      assertThat(spool.files()).isOne();
      assertThat(spool.bytes()).isEqualTo(4096);
    }
    Files.move(aside, home().resolve("waiting").resolve(aside.getFileName()));
    try (var spool = Spool.open(home(), PLENTY)) {
      assertThat(bodies(spool)).containsExactly("a", "b");
      assertThat(spool.damaged()).isZero();
    }
  }

  @Test
  void spreadsManyFilesOverDirectoriesAndListsThemWithoutReadingThem() throws IOException {
    try (var spool = Spool.open(home(), PLENTY, (_, _) -> {})) {
      IntStream.range(0, 20_000).forEach(n -> put(spool, Deliveries.of("" + n)));
    }
    replaceContents();
    try (var spool = Spool.open(home(), PLENTY)) {
      assertThat(spool.files()).isEqualTo(20_000);
      assertThat(home().resolve("waiting").toFile().list()).hasSize(5);
      var last = -1L;
      for (var all = spool.inOrder(); all.hasNext(); ) {
        assertThat(all.next().name().sequence()).isEqualTo(++last);
      }
      assertThat(last).isEqualTo(19_999);
    }
  }

  @Test
  void removesDirectoriesThatAreEmptyAndOld() throws IOException {
    try (var spool = Spool.open(home(), PLENTY, (_, _) -> {})) {
      IntStream.range(0, 4_097).forEach(n -> put(spool, Deliveries.of("" + n)));
      for (var all = spool.inOrder(); all.hasNext(); ) {
        spool.remove(all.next());
      }
      assertThat(spool.oldest()).isEmpty();

      assertThat(home().resolve("waiting").toFile().list()).hasSize(1);
      put(spool, "next");
      assertThat(bodies(spool)).containsExactly("next");
    }
  }

  @Test
  void leavesFilesOfOthersAlone() throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "a");
      var strange = file(spool, spool.oldest().orElseThrow()).resolveSibling("notes.txt");
      Files.writeString(strange, "mine");

      assertThat(bodies(spool)).containsExactly("a");
      assertThat(strange).exists();
    }
  }

  @Test
  void readsWhatWasRemovedMeanwhileAsGone() throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      put(spool, "a");
      var waiting = spool.oldest().orElseThrow();
      spool.remove(waiting);
      spool.remove(waiting);
      spool.setAside(waiting, "a test");

      assertThat(spool.read(waiting)).isEqualTo(new Content.Gone());
      assertThat(List.of(spool.files(), spool.bytes(), spool.damaged())).containsOnly(0L);
    }
  }

  @Test
  void tellsSinceWhenTheOldestWaits() throws IOException {
    try (var spool = Spool.open(home(), PLENTY)) {
      assertThat(spool.oldestArrival()).isEmpty();
      put(spool, "a");
      var arrival = Instant.parse("2026-03-01T00:00:00Z");
      Files.setLastModifiedTime(file(spool, spool.oldest().orElseThrow()), FileTime.from(arrival));
      put(spool, "b");

      assertThat(spool.oldestArrival()).contains(arrival);
    }
  }

  @Test
  void explainsADirectoryInUse() throws IOException {
    try (var _ = Spool.open(home(), PLENTY)) {
      for (var attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> Spool.open(home(), PLENTY))
            .isInstanceOfSatisfying(
                SpoolException.class,
                e -> {
                  assertThat(e.analysis().getDescription())
                      .contains(home().toString(), "process id " + ProcessHandle.current().pid());
                  assertThat(e.analysis().getAction()).contains("tlsrpt.intake.spool-directory");
                });
      }
    }
    Spool.open(home(), PLENTY).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spool", "spool/incoming", "spool/waiting", "spool/damaged"})
  void explainsADirectoryThatCannotBeUsed(String file) throws IOException {
    var obstacle = directory.resolve(file);
    Files.createDirectories(obstacle.resolveSibling(""));
    Files.writeString(obstacle, "a file where a directory should be");

    for (var attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> Spool.open(home(), PLENTY))
          .isInstanceOfSatisfying(
              SpoolException.class,
              e -> {
                assertThat(e.analysis().getDescription()).contains(home().toString());
                assertThat(e.analysis().getAction()).contains("tlsrpt.intake.spool-directory");
              });
    }
  }

  @Test
  void keepsNothingOnceClosed() throws IOException {
    var spool = Spool.open(home(), PLENTY);
    spool.close();

    assertThat(put(spool, Deliveries.of("a"))).isInstanceOf(Put.Failed.class);
    assertThat(home().resolve("incoming")).isEmptyDirectory();
  }

  private Path home() {
    return directory.resolve("spool");
  }

  /** The files as a killed process would leave them now. */
  private Path snapshot() throws IOException {
    var copy = directory.resolve("copy");
    if (!Files.exists(copy)) {
      FileSystemUtils.copyRecursively(home(), copy);
    }
    return copy;
  }

  /** Nothing that is only listed looks into a file. */
  private void replaceContents() throws IOException {
    try (var files = Files.walk(home().resolve("waiting"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.write(file, new byte[0]);
      }
    }
  }

  private Path file(Spool spool, Waiting waiting) {
    assertThat(spool.files()).isPositive();
    return home()
        .resolve("waiting")
        .resolve(waiting.name().shard())
        .resolve(waiting.name().toString());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void cutOff(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
  }

  private static List<Put> put(Spool spool, String... bodies) {
    var puts = new ArrayList<Put>();
    for (var body : bodies) {
      puts.add(put(spool, Deliveries.of(body)));
    }
    return puts;
  }

  private static Put put(Spool spool, Delivery delivery) {
    return spool.put(Deliveries.id(delivery), delivery);
  }

  private static List<String> bodies(Spool spool) throws IOException {
    var bodies = new ArrayList<String>();
    for (var waiting = spool.inOrder(); waiting.hasNext(); ) {
      bodies.add(
          switch (spool.read(waiting.next())) {
            case Content.Whole whole -> Deliveries.body(whole.delivery());
            case Content.Torn _ -> "torn";
            case Content.Gone _ -> "gone";
          });
    }
    return bodies;
  }

  private static List<Put> allAtOnce(List<Callable<Put>> puts) throws Exception {
    var results = Collections.synchronizedList(new ArrayList<Put>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var put : threads.invokeAll(puts)) {
        results.add(put.get());
      }
    }
    return results;
  }
}
