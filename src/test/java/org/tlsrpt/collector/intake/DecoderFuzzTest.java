package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all: {@code JAZZER_FUZZ=1 mvn test -Dtest=DecoderFuzzTest -DexcludedGroups=}. */
@Tag("fuzz")
class DecoderFuzzTest {

  private static final int LIMIT = 1_000_000;
  private static final String SOURCE = "192.0.2.1";

  private final MemoryBudget budget = new MemoryBudget(100_000_000);
  private final Decoder decoder =
      new Decoder(LIMIT, Duration.ofMillis(1), budget, MemoryBudget.ofTurns(2));

  static Stream<byte[]> seeds() {
    var json = "{\"policies\":[]}";
    return Stream.of(
        json.getBytes(StandardCharsets.UTF_8),
        Gzips.gzip(json),
        Gzips.gzip(Gzips.gzip(json)),
        Gzips.join(Gzips.gzip("{\"a\":"), Gzips.gzip("1}"), new byte[5]),
        Gzips.bomb(2_000_000, ' '),
        ("Subject: x\r\nContent-Type: application/tlsrpt+json\r\n\r\n" + json)
            .getBytes(StandardCharsets.UTF_8),
        "H4sIAAAAAAAA".getBytes(StandardCharsets.UTF_8),
        new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1},
        new byte[] {'P', 'K', 3, 4, 20, 0});
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "20s")
  void decodesAnythingWithinItsLimitAndKeepsADocumentThatReadsBack(byte @NotNull [] body)
      throws IOException {
    if (decoder.decode(SOURCE, body) instanceof Decoded.Document document) {
      try (document;
          var kept = new GZIPInputStream(new ByteArrayInputStream(document.gzip()))) {
        assertThat(document.json().length).isBetween(1, Math.max(LIMIT, body.length));
        assertThat(kept.readAllBytes()).isEqualTo(document.json());
      }
    }
    assertThat(budget.leasedBytes()).isZero();
  }
}
