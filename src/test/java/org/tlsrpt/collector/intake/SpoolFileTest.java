package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsrpt.collector.intake.SpoolFile.Content;
import org.tlsrpt.collector.store.NewReport.Source;

class SpoolFileTest {

  private static final UUID ID = UUID.fromString("01234567-89ab-8def-8123-456789abcdef");

  @TempDir Path directory;

  static Stream<Arguments> deliveries() {
    return Stream.of(
        arguments("a usual one", delivery(body(300), "https", "2001:db8::1", "curl/8")),
        arguments("texts that are none", delivery(body(300), "import", null, null)),
        arguments("empty texts", delivery(body(1), "", "", "")),
        arguments("no body", delivery(new byte[0], "https", null, null)),
        arguments(
            "texts of any script", delivery(body(1), "https", "::1", "ü \u0000 \ud83d\ude00")),
        arguments("a long text", delivery(body(1), "https", "::1", "x".repeat(100_000))),
        arguments("exactly one piece", delivery(body(64 * 1024), "https", null, null)),
        arguments("several pieces", delivery(body(1_000_001), "https", null, null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deliveries")
  void givesBackEveryField(String what, Delivery delivery) throws IOException {
    var bytes = bytes(delivery);

    assertThat(SpoolFile.of(ID, delivery).length()).as(what).isEqualTo(bytes.length);
    assertThat(read(bytes))
        .isInstanceOfSatisfying(
            Content.Whole.class,
            whole -> {
              assertThat(whole.id()).isEqualTo(ID);
              var back = whole.delivery();
              assertThat(back.body()).isEqualTo(delivery.body());
              assertThat(back.source()).isEqualTo(delivery.source());
              assertThat(back.headers()).isEqualTo(delivery.headers());
              assertThat(back.recipientDomain()).isEqualTo(delivery.recipientDomain());
            });
  }

  @Test
  void recognisesAFileTornAtAnyOffset() throws IOException {
    var bytes = bytes(delivery(body(200), "https", "2001:db8::1", "curl/8"));
    for (var length = 0; length < bytes.length; length++) {
      assertThat(read(Arrays.copyOf(bytes, length)))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(Content.Torn.class);
    }
  }

  /** A file system that lost the data but not the length gives zeros. */
  @Test
  void recognisesZerosFromAnyOffset() throws IOException {
    var bytes = bytes(delivery(body(200), "https", "2001:db8::1", "curl/8"));
    for (var from = bytes.length - 1; from >= 0; from--) {
      bytes[from] = 0;
      assertThat(read(bytes)).as("zeros from %d", from).isInstanceOf(Content.Torn.class);
    }
  }

  @Test
  void recognisesAnyBitFlipped() throws IOException {
    var bytes = bytes(delivery(body(200), "https", "2001:db8::1", "curl/8"));
    for (var offset = 0; offset < bytes.length; offset++) {
      for (var bit = 0; bit < 8; bit++) {
        bytes[offset] ^= (byte) (1 << bit);
        assertThat(read(bytes))
            .as("bit %d of byte %d", bit, offset)
            .isInstanceOf(Content.Torn.class);
        bytes[offset] ^= (byte) (1 << bit);
      }
    }
    assertThat(read(bytes)).isInstanceOf(Content.Whole.class);
  }

  @Test
  void recognisesBytesTooMany() throws IOException {
    var bytes = bytes(delivery(body(200), "https", null, null));

    assertThat(read(Arrays.copyOf(bytes, bytes.length + 1))).isInstanceOf(Content.Torn.class);
  }

  @Test
  void takesNoMemoryForWhatAFileOnlyClaims() throws IOException {
    var bytes = bytes(delivery(body(200), "https", null, null));
    Arrays.fill(bytes, 8, 16, (byte) 0x7f);

    assertThat(read(bytes)).isInstanceOf(Content.Torn.class);
  }

  @Test
  void saysThatAFileIsGone() throws IOException {
    assertThat(SpoolFile.read(directory.resolve("none"))).isEqualTo(new Content.Gone());
  }

  private Content read(byte[] bytes) throws IOException {
    return SpoolFile.read(Files.write(directory.resolve("file"), bytes));
  }

  private static byte[] bytes(Delivery delivery) throws IOException {
    var bytes = new ByteArrayOutputStream();
    SpoolFile.of(ID, delivery).writeTo(Channels.newChannel(bytes));
    return bytes.toByteArray();
  }

  private static byte[] body(int length) {
    var body = new byte[length];
    new Random(42).nextBytes(body);
    return body;
  }

  private static Delivery delivery(
      byte[] body, String channel, @Nullable String ip, @Nullable String text) {
    var source = new Source(channel, ip, text, Instant.parse("2026-03-01T23:59:59.999999999Z"));
    return new Delivery(body, source, new Delivery.Headers(text, text), text);
  }
}
