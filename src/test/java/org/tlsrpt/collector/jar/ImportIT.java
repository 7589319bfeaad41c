package org.tlsrpt.collector.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A move with the jar as users have it: out of one collector, into the database of another. */
class ImportIT {

  private static final String PASSWORD = "a password for tests";

  @TempDir(factory = Home.class, cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private record Ran(int status, String out, String err) {}

  @Test
  void movesReportsFromOneToAnother() throws Exception {
    var old = Files.createDirectory(home.resolve("old"));
    var archive = home.resolve("archive.tar.gz");
    try (var collector = Jar.start(old, "--tlsrpt.admin.password=" + PASSWORD)) {
      for (var i = 0; i < 30; i++) {
        deliver(collector.intake(), report(i));
      }
      Files.write(archive, get(collector.intake().resolve("/v1/archive")));

      var refused = run(old, "import", archive.toString());

      assertThat(refused.err())
          .contains("is in use by a collector that is running", "/v1/import")
          .doesNotContain("\tat ");
      assertThat(refused.status()).isEqualTo(1);
    }
    Files.writeString(home.resolve("odd.txt"), "words");

    var first = run(home, "import", archive.toString());
    var again =
        run(home, "import", archive.toString(), "odd.txt", "--tlsrpt.database.directory=data/db");

    assertThat(first.out()).isEqualTo("stored 30, duplicates 0, quarantined 0, refused 0\n");
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isZero();
    assertThat(again.out()).isEqualTo("stored 0, duplicates 30, quarantined 0, refused 1\n");
    assertThat(again.err()).contains("odd.txt: The body begins neither like gzip").hasLineCount(1);
    assertThat(again.status()).isEqualTo(1);
    assertThat(home.resolve("data/spool")).doesNotExist();
    assertThat(home.resolve("data/db/data/postmaster.pid")).as("no database left").doesNotExist();
  }

  private static String report(int n) {
    return """
        {"organization-name":"Sender","report-id":"%s","policies":[{"policy":
        {"policy-type":"sts","policy-domain":"d%s.example"},
        "summary":{"total-successful-session-count":%s}}]}
        """
        .formatted(n, n % 3, n);
  }

  private static void deliver(URI intake, String json) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(intake).POST(BodyPublishers.ofString(json)).build();
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }
  }

  private static byte[] get(URI uri) throws IOException, InterruptedException {
    var login = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8));
    var request = HttpRequest.newBuilder(uri).header("Authorization", "Basic " + login).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray()).body();
    }
  }

  private Ran run(Path directory, String... args) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Jar.FILE.toString()));
    command.addAll(List.of(args));
    var err = Files.createTempFile(home, "import-", ".txt");
    var process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(err.toFile())
            .start();
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      var said = new String(out.readAllBytes(), UTF_8);
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
      return new Ran(process.exitValue(), said, Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
