package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.tlsrpt.collector.intake.Gzips.bomb;
import static org.tlsrpt.collector.intake.Gzips.gzip;
import static org.tlsrpt.collector.intake.Gzips.join;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport;
import org.tlsrpt.collector.report.TlsReport.DateRange;

class DecoderTest {

  private static final int LIMIT = 2_000_000;
  private static final String SOURCE = "192.0.2.1";
  private static final String JSON = "{\"policies\":[]}";

  private static final String PLAIN_MAIL =
      "From: a@example.com\r\nContent-Type: application/tlsrpt+json\r\n\r\n" + JSON;

  private static final String MAIL =
      """
      Received: by mx.example.com; Sun, 1 Mar 2026 00:00:00 +0000
      From: tls@sender.example
      Subject: Report Domain: example.com Submitter: sender.example Report-ID: <1@sender.example>
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type="tlsrpt"; boundary="b"

      --b
      Content-Type: text/plain

      This is a report.
      --b
      Content-Type: application/tlsrpt+gzip
      Content-Transfer-Encoding: base64

      %s
      --b--
      """
          .formatted(Base64.getMimeEncoder().encodeToString(gzip(JSON)));

  private static final Duration PATIENCE = Duration.ofMillis(2);

  private final MemoryBudget budget = new MemoryBudget(64 * 64 * 1024);
  private final Decoder decoder = new Decoder(LIMIT, PATIENCE, budget, MemoryBudget.ofTurns(2));

  static Stream<Arguments> documents() {
    var large = "{" + " ".repeat(1_000_000) + "}";
    return Stream.of(
        arguments("plain", utf8(JSON), JSON, List.of()),
        arguments("white space first", utf8("\r\n\t " + JSON), "\r\n\t " + JSON, List.of()),
        arguments("byte order mark", utf8("\uFEFF" + JSON), "\uFEFF" + JSON, List.of()),
        arguments("an array", utf8("[]"), "[]", List.of()),
        arguments("gzip", gzip(JSON), JSON, List.of()),
        arguments("large", gzip(large), large, List.of()),
        arguments("two members", join(gzip("{\"a\":"), gzip("1}")), "{\"a\":1}", List.of()),
        arguments("padding behind", join(gzip(JSON), new byte[9]), JSON, List.of()),
        arguments(
            "text behind", join(gzip(JSON), utf8("--")), JSON, List.of("gzip-trailing-bytes")),
        arguments("gzip twice", gzip(gzip(JSON)), JSON, List.of("gzip-nested")),
        arguments(
            "base64", Base64.getMimeEncoder().encode(gzip(JSON)), JSON, List.of("body-base64")),
        arguments("zlib", zlib(JSON), JSON, List.of("body-zlib")),
        arguments("zip", zip("a.json"), JSON, List.of("body-zip")),
        arguments("mail", utf8(MAIL), JSON, List.of("body-mail")),
        arguments(
            "mail without an end", utf8(MAIL.replace("--b--", "")), JSON, List.of("body-mail")),
        arguments("mail without parts", utf8(PLAIN_MAIL), JSON, List.of("body-mail")),
        arguments("gzip three times", gzip(gzip(gzip(JSON))), JSON, List.of("gzip-nested")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void findsTheDocument(String what, byte[] body, String json, List<String> codes)
      throws Exception {
    var decoded = decoder.decode(SOURCE, body);

    assertThat(decoded).isInstanceOf(Decoded.Document.class);
    try (var document = (Decoded.Document) decoded) {
      assertThat(document.json()).asString(StandardCharsets.UTF_8).isEqualTo(json);
      assertThat(document.notes()).extracting(Note::code).isEqualTo(codes);
      try (var kept = new GZIPInputStream(new ByteArrayInputStream(document.gzip()))) {
        assertThat(kept.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(json);
      }
    }
    assertThat(budget.freeBytes()).as("memory given back").isEqualTo(64 * 64 * 1024);
  }

  @Test
  void keepsOneCleanMemberAsItCame() {
    var body = gzip(JSON);

    assertThat(((Decoded.Document) decoder.decode(SOURCE, body)).gzip()).isSameAs(body);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("nothing", new byte[0], Decoded.Empty.class),
        arguments("HTML", utf8("<!doctype html>"), Decoded.Unknown.class),
        arguments("white space only", utf8(" \n"), Decoded.Unknown.class),
        arguments("words", utf8("hello"), Decoded.Unknown.class),
        arguments("a broken zip", utf8("PK\3\4"), Decoded.Damaged.class),
        arguments("zip of two files", zip("a.json", "b.json"), Decoded.Damaged.class),
        arguments("cut zlib", Arrays.copyOf(zlib(JSON), 12), Decoded.Damaged.class),
        arguments("zlib of HTML", zlib("<html>"), Decoded.Damaged.class),
        arguments("base64 of a cut gzip", utf8("H4sIAAAA"), Decoded.Damaged.class),
        arguments("mail without a report", utf8("Subject: hi\r\n\r\nhello"), Decoded.Damaged.class),
        arguments(
            "mail with a broken encoding",
            utf8("Subject: x\r\nContent-Transfer-Encoding: uuencode\r\n\r\nbegin\r\n"),
            Decoded.Damaged.class),
        arguments("mail of 10,000 parts", utf8(mailOfParts(10_000)), Decoded.Damaged.class),
        arguments(
            "mail without a boundary",
            utf8(mailOfParts(2).replace("boundary", "x")),
            Decoded.Damaged.class),
        arguments("mail nested too deep", utf8(nestedMail()), Decoded.Damaged.class),
        arguments("gzip of nothing", gzip(""), Decoded.Damaged.class),
        arguments("gzip of HTML", gzip("<html>"), Decoded.Damaged.class),
        arguments("gzip four times", gzip(gzip(gzip(gzip(JSON)))), Decoded.Damaged.class),
        arguments("a bomb", bomb(100_000_000, ' '), Decoded.TooLarge.class),
        arguments("a bomb in gzip", gzip(bomb(100_000_000, ' ')), Decoded.TooLarge.class),
        arguments("one byte over", bomb(LIMIT + 1, '{'), Decoded.TooLarge.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void tellsWhatItIs(String what, byte[] body, Class<? extends Decoded> kind) {
    assertThat(decoder.decode(SOURCE, body)).isInstanceOf(kind);
    assertThat(budget.freeBytes()).as("memory given back").isEqualTo(64 * 64 * 1024);
  }

  @Test
  void takesADocumentOfExactlyTheLimit() {
    assertThat(decoder.decode(SOURCE, bomb(LIMIT, '{'))).isInstanceOf(Decoded.Document.class);
  }

  static Stream<Arguments> smallBodies() {
    var many = "{\"policies\":[" + "{},".repeat(100_000) + "{}]}";
    return Stream.of(
        arguments("plain", utf8(many)),
        arguments("gzip", gzip(many)),
        arguments("zlib", zlib(many)),
        arguments("mail", utf8("From: a@example.com\r\n\r\n" + many)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smallBodies")
  void countsWhatReadingMayMakeOfABodyHoweverSmallItIs(String what, byte[] body) {
    try (var first = (Decoded.Document) decoder.decode(SOURCE, body)) {
      assertThat(decoder.decode(SOURCE, body)).isInstanceOf(Decoded.NoRoom.class);

      first.hasBeenRead(new TlsReport(null, new DateRange(null, null), null, null, List.of()));

      assertThat(budget.leasedBytes()).isBetween(2L * first.json().length, 1_000_000L);
      try (var second = (Decoded.Document) decoder.decode("192.0.2.2", gzip("[" + JSON + "]"))) {
        assertThat(second.json()).hasSize(JSON.length() + 2);
      }
    }
    assertThat(budget.freeBytes()).as("memory given back").isEqualTo(64 * 64 * 1024);
  }

  @Test
  void leavesOtherSourcesTheirTurn() {
    var turns = MemoryBudget.ofTurns(2);
    var busy = new Decoder(LIMIT, PATIENCE, budget, turns);
    try (var inflating = turns.reserve(SOURCE, 1, new Patience(PATIENCE))) {
      assertThat(inflating).isNotNull();
      assertThat(busy.decode(SOURCE, bomb(5_000, '{'))).isEqualTo(new Decoded.NoRoom(null));
      assertThat(busy.decode(SOURCE, gzip(JSON))).isInstanceOf(Decoded.Document.class);
      assertThat(busy.decode("192.0.2.2", bomb(5_000, '{'))).isInstanceOf(Decoded.Document.class);
    }
  }

  @Test
  void waitsForMemoryOfOthersAndThenGivesUp() {
    var large = bomb(LIMIT, '{');
    try (var first = (Decoded.Document) decoder.decode(SOURCE, large)) {
      assertThat(decoder.decode(SOURCE, large))
          .isEqualTo(new Decoded.NoRoom(ContentId.of(first.json())));
      var less = "{".repeat(LIMIT - 10_000);
      assertThat(decoder.decode(SOURCE, gzip(gzip(less))))
          .as("through two layers")
          .isEqualTo(new Decoded.NoRoom(ContentId.of(utf8(less))));
    }
    assertThat(decoder.decode(SOURCE, large)).isInstanceOf(Decoded.Document.class);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void hasEveryNoteInTheTableOfSenders(String what, byte[] body, String json, List<String> codes)
      throws IOException {
    var page = Files.readString(Path.of("docs/senders.md"));

    assertThat(codes).allSatisfy(code -> assertThat(page).contains("| `" + code + "` |"));
  }

  private static byte[] zlib(String content) {
    var bytes = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(utf8(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String... names) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(utf8(JSON));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String mailOfParts(int parts) {
    return "Subject: many\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\n\r\nhello\r\n".repeat(parts)
        + "--b--\r\n";
  }

  private static String nestedMail() {
    var mail = new StringBuilder("Subject: deep\r\n");
    for (var i = 0; i < 2_000; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n".formatted(i, i));
    }
    return mail.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
