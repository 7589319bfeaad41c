package org.tlsrpt.collector.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsrpt.collector.intake.ImportResult.Failure;
import org.tlsrpt.collector.testing.HandClock;

/** What is found in files, folders and archives; what becomes of it is the intake's. */
class ImportReaderTest {

  private static final ImportLimits LIMITS = new ImportLimits(1_000, 2_000);

  @TempDir Path home;

  private final HandClock clock = new HandClock("2026-03-01T12:00:00Z");
  private final List<Delivery> found = Collections.synchronizedList(new ArrayList<>());
  private Outcome outcome = new Outcome.Stored(new UUID(0, 0), List.of());
  private boolean wantsEnd;

  private final ImportListener listener =
      new ImportListener() {
        @Override
        public void progressed(ImportCounts counts) {}

        @Override
        public void failed(Failure failure) {}

        @Override
        public boolean wantsEnd() {
          return wantsEnd;
        }
      };

  private ImportRun run() {
    return new ImportRun(this::take, clock, "mail.example", listener);
  }

  private Outcome take(Delivery delivery, Duration patience) {
    found.add(delivery);
    return outcome;
  }

  private ImportResult walk(Path... paths) {
    var run = run();
    try {
      new ImportFolders(run, new ImportReader(run, LIMITS)).walk(List.of(paths));
    } catch (ImportRun.Stopped e) {
      // the result says why
    }
    return run.end();
  }

  private ImportResult stream(byte[] bytes) throws IOException {
    var run = run();
    new ImportReader(run, LIMITS).stream("-", new ByteArrayInputStream(bytes));
    return run.end();
  }

  private List<String> bodies() {
    return found.stream().map(it -> new String(it.body(), ISO_8859_1)).sorted().toList();
  }

  private Path write(String name, byte[] content) throws IOException {
    var file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(UTF_8));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  /** Writes an archive. */
  private interface Entries {
    void to(TarArchiveOutputStream tar) throws IOException;
  }

  private static byte[] tar(Entries entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      entries.to(tar);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length());
    tar.putArchiveEntry(entry);
    tar.write(content.getBytes(ISO_8859_1));
    tar.closeArchiveEntry();
  }

  @Test
  void takesFilesAndFoldersAsTheyAre() throws IOException {
    write("reports/a.json", "{\"a\":1}");
    write("reports/2026/03/b.json.gz", gzip("{\"b\":1}".getBytes(UTF_8)));
    write("reports/c.eml", "Subject: c\n\nc");
    write("reports/many.ndjson", "{\"d\":1}\n\n{\"e\":1}");
    write("reports/more.jsonl.gz", gzip("{\"f\":1}\r\n".getBytes(UTF_8)));
    write("reports/old.tar", tar(tar -> add(tar, "x", "{\"g\":1}")));
    write("reports/old.tgz", gzip(tar(tar -> add(tar, "x", "{\"h\":1}"))));
    var single = write("one.json", "{\"i\":1}");

    var result = walk(home.resolve("reports"), single);

    assertThat(result.counts().stored()).isEqualTo(9);
    assertThat(result.failures()).isEmpty();
    assertThat(bodies())
        .contains("Subject: c\n\nc", "{\"a\":1}", "{\"d\":1}\n", "{\"e\":1}", "{\"f\":1}\r\n")
        .contains("{\"g\":1}", "{\"h\":1}", "{\"i\":1}");
    assertThat(result.counts().bytes()).isPositive();
    assertThat(found)
        .allSatisfy(
            delivery -> {
              assertThat(delivery.source().channel()).isEqualTo("import");
              assertThat(delivery.source().receivedAt()).isEqualTo(clock.instant());
              assertThat(delivery.recipientDomain()).isEqualTo("mail.example");
            });
  }

  @Test
  void takesTheMessagesOfAMailbox() throws IOException {
    var mailbox =
        """
        From a@b.example Sun Mar  1 00:00:00 2026
        Subject: one

        >From here on
        >>From there
        From the same message
        >not quoted

        From a@b.example Sun Mar  1 00:00:01 2026
        Subject: two

        two
        """;
    write("mail/mbox", mailbox);

    assertThat(walk(home.resolve("mail")).counts().stored()).isEqualTo(2);

    assertThat(bodies())
        .containsExactly(
            "Subject: one\n\nFrom here on\n>From there\nFrom the same message\n>not quoted\n\n",
            "Subject: two\n\ntwo\n");
  }

  @Test
  void takesOnlyTheMailOfAMaildir() throws IOException {
    write("Maildir/new/1.host", "Subject: 1\n\n");
    write("Maildir/cur/2.host:2,S", "Subject: 2\n\n");
    write("Maildir/tmp/3.host", "Subject: half\n\n");
    write("Maildir/dovecot-uidlist", "3 V1");
    write("Maildir/.TLS reports/cur/4.host:2,", "Subject: 4\n\n");
    Files.createDirectories(home.resolve("Maildir/.TLS reports/new"));

    var result = walk(home.resolve("Maildir"));

    assertThat(bodies()).containsExactly("Subject: 1\n\n", "Subject: 2\n\n", "Subject: 4\n\n");
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void followsNoLinkWithinAFolder() throws IOException {
    write("folder/a.json", "{\"a\":1}");
    Files.createSymbolicLink(home.resolve("folder/loop"), home.resolve("folder"));
    Files.createSymbolicLink(home.resolve("folder/passwd"), Path.of("/etc/passwd"));
    var named = Files.createSymbolicLink(home.resolve("link"), home.resolve("folder"));

    var result = walk(named, home.resolve("nowhere"));

    assertThat(bodies()).containsExactly("{\"a\":1}");
    assertThat(result.failures())
        .extracting(Failure::reason)
        .satisfiesExactlyInAnyOrder(
            reason -> assertThat(reason).contains("symbolic link"),
            reason -> assertThat(reason).contains("symbolic link"),
            reason -> assertThat(reason).contains("cannot be read"));
  }

  @Test
  void namesWhatIsTooLargeOrEmptyAndGoesOn() throws IOException {
    write("a/empty.json", "");
    write("a/huge.json", "{" + " ".repeat(3_000) + "}");
    write("a/lines.ndjson", "{\"a\":" + "1".repeat(9_000_000) + "}\n{\"b\":1}");
    write(
        "a/mbox",
        "From a\nSubject: large\n\n" + "x".repeat(2_000) + "\n\nFrom b\nSubject: small\n\n");
    write(
        "a/x.tar",
        tar(
            tar -> {
              add(tar, "large", " ".repeat(2_001));
              add(tar, "small", "{\"c\":1}");
            }));

    var result = walk(home.resolve("a"));

    assertThat(bodies()).containsExactly("Subject: small\n\n", "{\"b\":1}", "{\"c\":1}");
    assertThat(result.counts().refused()).isEqualTo(5);
    assertThat(result.failures())
        .extracting(it -> it.name().replaceFirst(".*/", ""))
        .containsExactlyInAnyOrder(
            "empty.json", "huge.json", "lines.ndjson:1", "mbox:1", "x.tar:large");
  }

  @Test
  void knowsWhatAnArchiveSaysOfADocument() throws IOException {
    var gzip = Base64.getEncoder().encodeToString(gzip("{\"b\":1}".getBytes(UTF_8)));
    stream(
        """
        {"id":"x","recipientDomain":"A.Example","receivedAt":"2026-02-01T00:00:00.123456Z","source":{"channel":"https","ip":"192.0.2.7","userAgent":"sender/1"},"document":"{\\"a\\":1}"}
        {"recipientDomain":"no domain","receivedAt":"2999-01-01T00:00:00Z","source":{"ip":"x","userAgent":7},"documentGzip":"%s"}
        {"document":7}
        {"documentGzip":"*"}
        {"policies":[]}
        [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
        """
            .formatted(gzip)
            .getBytes(UTF_8));

    var first = found.stream().filter(it -> it.body()[0] == '{' && it.body()[2] == 'a').findFirst();
    assertThat(first.orElseThrow().recipientDomain()).isEqualTo("a.example");
    assertThat(first.orElseThrow().source())
        .hasToString(
            "Source[channel=import, ip=192.0.2.7, userAgent=sender/1,"
                + " receivedAt=2026-02-01T00:00:00.123456Z]");
    var second = found.stream().filter(it -> it.body()[0] == 0x1F).findFirst().orElseThrow();
    assertThat(second.recipientDomain()).isEqualTo("mail.example");
    assertThat(second.source().receivedAt()).isEqualTo(clock.instant());
    assertThat(second.source().ip()).isNull();
    assertThat(found).hasSize(6);
  }

  /** Any number of bytes of names, of which the library would make one text. */
  @Test
  void endsAtAHeadWithoutEnd() throws IOException {
    var archive =
        tar(
            tar -> {
              add(tar, "small", "{\"a\":1}");
              var name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
              name.setSize(4L * 1024 * 1024);
              tar.putArchiveEntry(name);
              tar.write(new byte[4 * 1024 * 1024]);
              tar.closeArchiveEntry();
              add(tar, "after", "{\"b\":1}");
            });

    var result = stream(gzip(archive));

    assertThat(bodies()).containsExactly("{\"a\":1}");
    assertThat(result.failures()).singleElement().asString().contains("head of a file");
  }

  @Test
  void endsAtEntriesWithoutEnd() throws IOException {
    var archive =
        tar(
            tar -> {
              for (var i = 0; i < 10_002; i++) {
                tar.putArchiveEntry(new TarArchiveEntry("folder/"));
                tar.closeArchiveEntry();
              }
              add(tar, "after", "{\"b\":1}");
            });

    assertThat(stream(gzip(archive)).failures())
        .singleElement()
        .asString()
        .contains("too much that is no report");
    assertThat(found).isEmpty();
  }

  @Test
  void saysWhereAnArchiveWasCut() throws IOException {
    var whole =
        tar(
            tar -> {
              add(tar, "a", "{\"a\":1}");
              add(tar, "b", "{\"b\":1}");
            });
    // Each file is four records: what PAX says of it , in two, its head, its bytes.
    var cut = Arrays.copyOf(whole, 7 * 512 + 3);

    var result = stream(cut);

    assertThat(result.counts().stored()).as(result.toString()).isEqualTo(1);
    assertThat(result.failures()).singleElement().asString().contains("cannot be read to its end");
  }

  @Test
  void tellsAStreamThatBreaksFromOneThatIsOdd() {
    var run = run();

    assertThatThrownBy(() -> new ImportReader(run, LIMITS).stream("-", new Broken()))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      throw new IOException("connection reset");
    }
  }

  @Test
  void endsWhenItIsToldTo() throws IOException {
    write("a/1.json", "{\"a\":1}");
    wantsEnd = true;

    var result = walk(home.resolve("a"));

    assertThat(result.stopped()).isEqualTo("it was told to");
    assertThat(found).isEmpty();
  }

  @Test
  void countsEachOutcome() throws IOException {
    write("a/1.json", "{\"a\":1}");
    outcome = new Outcome.Duplicate(new UUID(0, 0), List.of());
    assertThat(walk(home.resolve("a")).counts().duplicates()).isEqualTo(1);
    outcome = new Outcome.Quarantined(Outcome.Reason.NOT_A_REPORT, "It has none.", new UUID(0, 0));
    assertThat(walk(home.resolve("a")).counts().quarantined()).isEqualTo(1);
    outcome = new Outcome.Refused(Outcome.Reason.UNKNOWN_FORMAT, "What is it?");

    var result = walk(home.resolve("a"));

    assertThat(result.counts().refused()).isEqualTo(1);
    assertThat(result.failures()).singleElement().asString().contains("What is it?", "1.json");
  }
}
