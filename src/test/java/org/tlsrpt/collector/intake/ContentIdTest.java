package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentIdTest {

  /** SHA-256 of "abc" (FIPS 180-4): ba7816bf 8f01cfea 414140de 5dae2223 … */
  @Test
  void packsTheFirst122BitsAroundVersionAndVariant() {
    assertThat(ContentId.of("abc".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(UUID.fromString("ba7816bf-8f01-8cfe-a905-05037976b888"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "a", "{\"policies\":[]}"})
  void isVersion8OfTheIetfVariant(String content) {
    var id = ContentId.of(content.getBytes(StandardCharsets.UTF_8));

    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "another", "{\"policies\":[]}"})
  void carriesTheHashInOrder(String content) throws Exception {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    var bits = new BigInteger(1, hash).shiftRight(256 - 122);

    var id = ContentId.of(bytes);

    assertThat(payload(id)).isEqualTo(bits);
  }

  /** 48 bits, 4 of version, 12 bits, 2 of variant, 62 bits (RFC 9562 §5.8). */
  private static BigInteger payload(UUID id) {
    var high = id.getMostSignificantBits();
    var first48 = BigInteger.valueOf(high >>> 16);
    var next12 = BigInteger.valueOf(high & 0xFFF);
    var last62 = BigInteger.valueOf(id.getLeastSignificantBits() & (-1L >>> 2));
    return first48.shiftLeft(12).or(next12).shiftLeft(62).or(last62);
  }
}
