package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.tlsrpt.collector.intake.Gzips.gzip;
import static org.tlsrpt.collector.intake.Gzips.join;
import static org.tlsrpt.collector.intake.Gzips.with;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsrpt.collector.intake.Gunzip.End;
import org.tlsrpt.collector.intake.Gunzip.Tail;

class GunzipTest {

  private static final byte[] HELLO = gzip("hello");

  static Stream<Arguments> wholeOnes() {
    return Stream.of(
        arguments("one member", HELLO, "hello", 1, Tail.NOTHING),
        arguments("nothing inside", gzip(""), "", 1, Tail.NOTHING),
        arguments("two members", join(HELLO, gzip(" you")), "hello you", 2, Tail.NOTHING),
        arguments(
            "empty members between", join(gzip(""), HELLO, gzip("")), "hello", 3, Tail.NOTHING),
        arguments("zeros behind", join(HELLO, new byte[512]), "hello", 1, Tail.PADDING),
        arguments("line end behind", join(HELLO, bytes("\r\n")), "hello", 1, Tail.PADDING),
        arguments("text behind", join(HELLO, bytes("--boundary")), "hello", 1, Tail.OTHER),
        arguments("file name", header(8, bytes("../../etc/passwd\0")), "hello", 1, Tail.NOTHING),
        arguments("comment", header(16, bytes("<script>\0")), "hello", 1, Tail.NOTHING),
        arguments("extra field", header(4, new byte[] {3, 0, 1, 2, 3}), "hello", 1, Tail.NOTHING),
        arguments("header checksum", withHeaderChecksum(0), "hello", 1, Tail.NOTHING));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeOnes")
  void inflates(String what, byte[] gzip, String content, int members, Tail tail) {
    var out = new ByteArrayOutputStream();

    var end = inflate(gzip, 1_000, out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(content);
    assertThat(end).isEqualTo(new End.Whole(content.length(), members, tail));
  }

  static Stream<Arguments> damagedOnes() {
    return Stream.of(
        arguments("wrong checksum", with(HELLO, -8, HELLO[HELLO.length - 8] + 1)),
        arguments("wrong length", with(HELLO, -4, 99)),
        arguments("method is not deflate", with(HELLO, 2, 7)),
        arguments("reserved flag", with(HELLO, 3, 0x20)),
        arguments("invalid block", with(HELLO, 10, 0xFF)),
        arguments("header checksum wrong", withHeaderChecksum(1)),
        arguments("file name without an end", header(8, bytes("endless"), new byte[0])),
        arguments("extra field longer than the file", header(4, new byte[] {-1, -1}, HELLO)),
        arguments("second member of another method", join(HELLO, with(HELLO, 2, 9))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damagedOnes")
  void refuses(String what, byte[] gzip) {
    assertThat(inflate(gzip, 1_000, new ByteArrayOutputStream())).isInstanceOf(End.Damaged.class);
  }

  @Test
  void refusesAFileCutAnywhere() {
    for (var length = 2; length < HELLO.length; length++) {
      assertThat(inflate(Arrays.copyOf(HELLO, length), 1_000, new ByteArrayOutputStream()))
          .as("cut to %d bytes", length)
          .isInstanceOf(End.Damaged.class);
    }
  }

  /** The JDK's GZIPInputStream takes one cut within its first bytes for padding. */
  @Test
  void refusesASecondMemberCutAnywhere() {
    for (var length = 2; length < HELLO.length; length++) {
      var gzip = join(HELLO, Arrays.copyOf(HELLO, length));
      assertThat(inflate(gzip, 1_000, new ByteArrayOutputStream()))
          .as("second member cut to %d bytes", length)
          .isInstanceOf(End.Damaged.class);
    }
  }

  /** The JDK's GZIPInputStream overflows the stack at 8,000. */
  @Test
  void takesHundredsOfThousandsOfEmptyMembers() {
    var empty = gzip("");
    var many = new ByteArrayOutputStream();
    for (var i = 0; i < 300_000; i++) {
      many.writeBytes(empty);
    }

    assertThat(inflate(many.toByteArray(), 1_000, new ByteArrayOutputStream()))
        .isEqualTo(new End.Whole(0, 300_000, Tail.NOTHING));
  }

  @Test
  void stopsSoonAfterTheLimit() {
    var seen = new long[1];

    var end = inflate(Gzips.bomb(50_000_000, ' '), 1_000_000, (bytes, length) -> seen[0] += length);

    assertThat(end).isEqualTo(new End.TooLarge());
    assertThat(seen[0]).isLessThan(1_100_000);
  }

  @Test
  void addsTheMembersUpForTheLimit() {
    assertThat(inflate(join(HELLO, HELLO), 9, new ByteArrayOutputStream()))
        .isEqualTo(new End.TooLarge());
    assertThat(inflate(join(HELLO, HELLO), 10, new ByteArrayOutputStream()))
        .isEqualTo(new End.Whole(10, 2, Tail.NOTHING));
  }

  private static End inflate(byte[] gzip, long limit, ByteArrayOutputStream out) {
    return inflate(gzip, limit, (bytes, length) -> out.write(bytes, 0, length));
  }

  private static End inflate(byte[] gzip, long limit, Gunzip.Sink sink) {
    try (var gunzip = new Gunzip(gzip)) {
      return gunzip.inflate(limit, sink);
    }
  }

  private static byte[] header(int flag, byte[] fields) {
    return header(flag, fields, Arrays.copyOfRange(HELLO, 10, HELLO.length));
  }

  private static byte[] header(int flag, byte[] fields, byte[] rest) {
    return join(with(Arrays.copyOf(HELLO, 10), 3, flag), fields, rest);
  }

  private static byte[] withHeaderChecksum(int error) {
    var crc = new CRC32();
    crc.update(with(Arrays.copyOf(HELLO, 10), 3, 2));
    var checksum = (int) crc.getValue() + error;
    return header(2, new byte[] {(byte) checksum, (byte) (checksum >> 8)});
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
