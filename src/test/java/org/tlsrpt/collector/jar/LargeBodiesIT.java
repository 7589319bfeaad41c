package org.tlsrpt.collector.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The largest bodies there are, many at once, on a heap of 256 MB. */
class LargeBodiesIT {

  private static final int PADDING = 10_000_000;
  private static final int AT_ONCE = 64;

  /** Stands for a connection that ended without an answer. */
  private static final int BROKEN = 0;

  private static final String REPORT = "{\"report-id\":\"%s\",\"policies\":[],\"padding\":\"";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void keepsItsMemoryWithinBoundsAndTakesASmallReportAfterwards(
      @TempDir(factory = Home.class) Path home) throws Exception {
    try (var jar = Jar.start(home)) {
      var bomb = timed(jar, BodyPublishers.ofByteArray(bomb()));
      var answers = manyAtOnce(jar);
      var small = timed(jar, BodyPublishers.ofString("{\"report-id\":\"small\",\"policies\":[]}"));

      LoggerFactory.getLogger(LargeBodiesIT.class)
          .info(
              "bomb {}; {} bodies of 10 MB: {}; a small one behind them {}; peak {} kB",
              bomb,
              AT_ONCE,
              answers,
              small,
              jar.peakKilobytes());
      assertThat(bomb.status()).isEqualTo(413);
      assertThat(bomb.took()).isLessThan(Duration.ofSeconds(10));
      assertThat(answers.keySet()).isSubsetOf(BROKEN, 200, 201, 202, 413);
      assertThat(answers).containsKey(201);
      assertThat(small.status()).isIn(201, 202);
      assertThat(jar.read())
          .doesNotContain("OutOfMemoryError")
          .doesNotContain("StackOverflowError")
          .doesNotContain("\n\tat ");
    }
  }

  private Map<Integer, Integer> manyAtOnce(Jar jar) throws Exception {
    var padding = padding();
    var calls = new ArrayList<Callable<Answer>>();
    for (var i = 0; i < AT_ONCE; i++) {
      var start = REPORT.formatted("large " + i).getBytes(StandardCharsets.UTF_8);
      var body =
          i % 4 == 3
              ? BodyPublishers.ofByteArray(bomb())
              : BodyPublishers.concat(
                  BodyPublishers.ofByteArray(start),
                  BodyPublishers.ofByteArray(padding),
                  BodyPublishers.ofString("\"}"));
      calls.add(() -> timed(jar, body));
    }
    var answers = new TreeMap<Integer, Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        answers.merge(call.get().status(), 1, Integer::sum);
      }
    }
    return answers;
  }

  private record Answer(int status, Duration took) {}

  private Answer timed(Jar jar, BodyPublisher body) throws InterruptedException {
    var begun = System.nanoTime();
    var status = BROKEN;
    try {
      var request = HttpRequest.newBuilder(jar.intake()).POST(body).build();
      status = client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      // ended without an answer, as when-unavailable has it
    }
    return new Answer(status, Duration.ofNanos(System.nanoTime() - begun));
  }

  /** Text that hardly compresses. */
  private static byte[] padding() {
    var random = new Random(8460);
    var padding = new byte[PADDING];
    for (var i = 0; i < padding.length; i++) {
      padding[i] = (byte) ('0' + random.nextInt(64));
      if (padding[i] == '\\') {
        padding[i] = '~';
      }
    }
    return padding;
  }

  /** 400 MB of blanks. */
  private static byte[] bomb() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var blanks = " ".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (var i = 0; i < 400; i++) {
        gzip.write(blanks);
      }
    }
    return bytes.toByteArray();
  }
}
