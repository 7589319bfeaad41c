package org.tlsrpt.collector.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Senders who post reports at a steady pace, each again until it is acknowledged. */
final class Load implements AutoCloseable {

  /** What a sender takes for delivered (RFC 8460 §5.4: any 2xx). */
  private static final Set<Integer> ACKNOWLEDGED = Set.of(200, 201, 202);

  /** A known sender waits no longer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration BEFORE_RETRY = Duration.ofMillis(100);

  private final Supplier<URI> intake;
  private final Duration pace;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Map<Sent, Boolean> acknowledged = new ConcurrentHashMap<>();
  private final Map<Sent, Boolean> inDoubt = new ConcurrentHashMap<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final LongAdder posts = new LongAdder();
  private final Queue<String> strange = new ConcurrentLinkedQueue<>();
  private final List<Thread> senders;
  private volatile boolean ending;
  private volatile boolean givingUp;

  /** An answer, and how long its sender waited for it. */
  record Answer(int status, long millis) {}

  /**
   * Begins.
   *
   * @param intake asked before each post
   * @param senders so many at once
   * @param pace from one new report of a sender to the next
   */
  Load(Supplier<URI> intake, int senders, Duration pace, Random random) {
    this.intake = intake;
    this.pace = pace;
    this.senders =
        IntStream.range(0, senders)
            .mapToObj(n -> new Sender("sender" + n, new Random(random.nextLong())))
            .map(sender -> Thread.ofVirtual().start(sender))
            .toList();
  }

  /** Posts no new reports; comes back when each is acknowledged. */
  void finish(Duration patience) throws InterruptedException {
    ending = true;
    var until = System.nanoTime() + patience.toNanos();
    for (var sender : senders) {
      var ended = sender.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      assertThat(ended).as("everything acknowledged after " + patience).isTrue();
    }
    assertThat(strange).as("answers that no report should get").isEmpty();
  }

  Collection<Sent> sent() {
    return List.copyOf(sent);
  }

  Collection<Sent> acknowledged() {
    return List.copyOf(acknowledged.keySet());
  }

  /** How often a report was posted, answered or not. */
  long posts() {
    return posts.sum();
  }

  /** Reports that were posted once without an answer: nobody knows whether they were kept. */
  Collection<Sent> inDoubt() {
    return List.copyOf(inDoubt.keySet());
  }

  Collection<Answer> answers() {
    return List.copyOf(answers);
  }

  /** Answers by status. */
  Map<Integer, Long> counts() {
    return answers.stream()
        .collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
  }

  @Override
  public void close() {
    ending = true;
    givingUp = true;
    http.shutdownNow();
  }

  private final class Sender implements Runnable {

    private final String name;
    private final Random random;
    private final List<Sent> mine = new ArrayList<>();

    Sender(String name, Random random) {
      this.name = name;
      this.random = random;
    }

    @Override
    public void run() {
      // Not all in step.
      pause(pace.multipliedBy(random.nextInt(100)).dividedBy(100));
      for (var n = 0; !ending; n++) {
        var begin = System.nanoTime();
        deliver(next(n));
        pause(pace.minusNanos(System.nanoTime() - begin));
      }
    }

    /** One in eight is an earlier report again: senders do that after a time-out. */
    private Sent next(int n) {
      if (!mine.isEmpty() && random.nextInt(8) == 0) {
        return mine.get(random.nextInt(mine.size()));
      }
      var report = Sent.random(name + "-" + n, random);
      mine.add(report);
      sent.add(report);
      return report;
    }

    private void deliver(Sent report) {
      while (!givingUp && !isAcknowledged(report)) {
        pause(BEFORE_RETRY);
      }
    }

    private boolean isAcknowledged(Sent report) {
      var body = random.nextBoolean() ? report.json() : report.gzip();
      var request =
          HttpRequest.newBuilder(intake.get())
              .timeout(TIMEOUT)
              .header("Content-Type", "application/tlsrpt+gzip")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      posts.increment();
      var begin = System.nanoTime();
      try {
        var response = http.send(request, BodyHandlers.ofString());
        var took = Duration.ofNanos(System.nanoTime() - begin);
        return judge(report, response.statusCode(), response.body(), took);
      } catch (ConnectException e) {
        // Nobody is there: nothing was handed over.
        return false;
      } catch (IOException e) {
        inDoubt.put(report, true);
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private boolean judge(Sent report, int status, String body, Duration took) {
      answers.add(new Answer(status, took.toMillis()));
      if (!ACKNOWLEDGED.contains(status) || !body.contains(report.id().toString())) {
        strange.add(status + " " + body);
        return false;
      }
      acknowledged.put(report, true);
      return true;
    }

    private static void pause(Duration time) {
      if (time.isPositive()) {
        LockSupport.parkNanos(time.toNanos());
      }
    }
  }
}
