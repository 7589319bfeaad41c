package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsrpt.collector.intake.BodyReader.Body;

class BodyReaderTest {

  private static final int LIMIT = 200_000;
  private static final int ALL = 400 * 1024;

  private static final Duration PATIENCE = Duration.ofMillis(2);

  private final MemoryBudget budget = new MemoryBudget(ALL);
  private final BodyReader bodies = new BodyReader(LIMIT, Duration.ofMinutes(1), PATIENCE, budget);

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1, -1", "70000, 70000", "70000, -1", "200000, 200000", "200000, -1"})
  void readsAWholeBody(int size, long announced) throws IOException {
    var sent = new byte[size];
    Arrays.fill(sent, (byte) 7);

    var body = bodies.read("192.0.2.1", new ByteArrayInputStream(sent), announced, false);

    assertThat(body).isInstanceOf(Body.Whole.class);
    try (var whole = (Body.Whole) body) {
      assertThat(whole.bytes()).isEqualTo(sent);
    }
    assertThat(budget.freeBytes()).isEqualTo(6 * 64 * 1024);
  }

  @ParameterizedTest
  @CsvSource({"200001, -1", "200001, 200001", "500000, -1", "200001, 9000000000000000000"})
  void refusesABodyOverTheLimit(int size, long announced) throws IOException {
    var body = bodies.read("192.0.2.1", new ByteArrayInputStream(new byte[size]), announced, false);

    assertThat(body).isEqualTo(new Body.TooLarge());
    assertThat(budget.freeBytes()).isEqualTo(6 * 64 * 1024);
  }

  @ParameterizedTest
  @CsvSource({"200001, true", "9000000000000000000, false"})
  void refusesAnAnnouncedOneWithoutReading(long announced, boolean waitsForGo) throws IOException {
    assertThat(bodies.read("192.0.2.1", unreadable(), announced, waitsForGo))
        .isEqualTo(new Body.TooLarge());
  }

  @Test
  void givesUpOnASenderThatDrips() throws IOException {
    var impatient = new BodyReader(LIMIT, Duration.ofNanos(1), PATIENCE, budget);

    assertThat(impatient.read("192.0.2.1", new ByteArrayInputStream(new byte[10]), -1, false))
        .isEqualTo(new Body.TooSlow());
  }

  @Test
  void turnsLargeBodiesAwayWhileOthersHoldTheMemoryButNoSmallOnes() throws IOException {
    try (var other = budget.reserve(ALL, new Patience(PATIENCE))) {
      assertThat(other).isNotNull();
      assertThat(
              bodies.read("192.0.2.1", new ByteArrayInputStream(new byte[100_000]), 100_000, false))
          .isEqualTo(new Body.NoRoom());
      assertThat(bodies.read("192.0.2.1", new ByteArrayInputStream(new byte[1_000]), 1_000, false))
          .isInstanceOf(Body.Whole.class);
    }
  }

  @Test
  void holdsForABodyOfUnknownLengthOnlyWhatCameOfIt() throws IOException {
    var stalling =
        new InputStream() {
          private boolean begun;

          @Override
          public int read() {
            throw new AssertionError("read by the piece");
          }

          @Override
          public int read(byte[] into, int at, int length) {
            if (begun) {
              assertThat(budget.leasedBytes()).isLessThanOrEqualTo(64 * 1024);
            }
            begun = true;
            sent += length;
            return sent > 40_000 ? -1 : length;
          }

          private int sent;
        };

    assertThat(bodies.read("192.0.2.1", stalling, -1, false)).isInstanceOf(Body.Whole.class);
  }

  @Test
  void leavesOtherSourcesHalfOfTheMemory() throws IOException {
    try (var first = budget.reserve("192.0.2.1", 3 * 64 * 1024, new Patience(PATIENCE))) {
      assertThat(first).isNotNull();
      assertThat(bodies.read("192.0.2.1", new ByteArrayInputStream(new byte[100_000]), -1, false))
          .isEqualTo(new Body.NoRoom());
      assertThat(
              bodies.read("192.0.2.2", new ByteArrayInputStream(new byte[100_000]), 100_000, false))
          .isInstanceOf(Body.Whole.class);
    }
    assertThat(budget.reserve("192.0.2.1", 3 * 64 * 1024, new Patience(PATIENCE))).isNotNull();
  }

  @Test
  void givesTheMemoryBackWhenTheConnectionBreaks() {
    var breaking =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] into, int at, int length) throws IOException {
            left -= length;
            return left < 0 ? read() : length;
          }
        };

    assertThatThrownBy(() -> bodies.read("192.0.2.1", breaking, 150_000, false))
        .isInstanceOf(IOException.class);
    assertThat(budget.freeBytes()).isEqualTo(6 * 64 * 1024);
  }

  private static InputStream unreadable() {
    return new InputStream() {
      @Override
      public int read() {
        throw new AssertionError("must not be read");
      }
    };
  }
}
