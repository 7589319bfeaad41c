import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.regex.Pattern;

/**
 * Delivers each request of a file (bench/Corpus.java) to one of several collectors, as senders would
 * behind a balancer: where the connection breaks, again, to any of them. Writes the ids that were
 * acknowledged, one a line, for bench/instances and bench/failover to look for.
 *
 * <pre>java bench/Senders.java REQUESTS ACKNOWLEDGED SECONDS http://… http://…</pre>
 */
class Senders {

  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final int AT_ONCE = 32;

  private static final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
  private static final LongAccumulator longest = new LongAccumulator(Math::max, 0);

  public static void main(String... args) throws Exception {
    var bodies = bodies(Path.of(args[0]));
    var until = System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[2])).toNanos();
    var bases = List.of(args).subList(3, args.length);
    var acknowledged = new ConcurrentLinkedQueue<String>();
    var next = new AtomicInteger();
    var again = new AtomicInteger();
    var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    var threads = new ArrayList<Thread>();
    for (var n = 0; n < AT_ONCE; n++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                int i;
                while (System.nanoTime() < until && (i = next.getAndIncrement()) < bodies.size()) {
                  var begin = System.nanoTime();
                  acknowledged.add(deliver(client, bodies.get(i), bases, again));
                  longest.accumulate((System.nanoTime() - begin) / 1_000_000);
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
    Files.write(Path.of(args[1]), acknowledged);
    System.out.println("acknowledged " + acknowledged.size() + ", sent again " + again
        + ", answers " + answers + ", longest wait " + longest + " ms");
  }

  private static String deliver(
      HttpClient client, byte[] body, List<String> bases, AtomicInteger again) {
    for (; ; again.incrementAndGet()) {
      var base = bases.get(ThreadLocalRandom.current().nextInt(bases.size()));
      try {
        var request =
            HttpRequest.newBuilder(URI.create(base + "/v1/tlsrpt"))
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        answers.merge(answer.statusCode(), 1, Integer::sum);
        var id = ID.matcher(answer.body());
        if (answer.statusCode() / 100 == 2 && id.find()) {
          return id.group(1);
        }
      } catch (IOException e) {
        // broken: again
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<byte[]> bodies(Path file) throws IOException {
    var bodies = new ArrayList<byte[]>();
    try (var in = new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)))) {
      for (byte[] length; (length = in.readNBytes(8)).length == 8; ) {
        var request =
            in.readNBytes(Integer.parseInt(new String(length, 0, 7, StandardCharsets.US_ASCII)));
        var head = new String(request, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        bodies.add(java.util.Arrays.copyOfRange(request, head, request.length));
      }
    }
    return bodies;
  }
}
