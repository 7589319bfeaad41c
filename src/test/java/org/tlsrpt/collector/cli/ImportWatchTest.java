package org.tlsrpt.collector.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tlsrpt.collector.intake.ImportCounts;

class ImportWatchTest {

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(InputStream.nullInputStream(), OutputStream.nullOutputStream(), errors);

  /** Reading goes on while reports are written, and each of both is told. */
  @Test
  void saysEachNumberOnceHoweverOftenMoreIsRead() {
    try (var watch = new ImportWatch(terminal, List.of())) {
      watch.progressed(new ImportCounts(1, 9_999, 0, 0, 0));
      watch.progressed(new ImportCounts(1, 10_000, 0, 0, 0));
      watch.progressed(new ImportCounts(2, 10_000, 0, 0, 0));
      watch.progressed(new ImportCounts(3, 10_000, 0, 0, 0));
      watch.progressed(new ImportCounts(3, 10_001, 0, 0, 0));
      watch.progressed(new ImportCounts(3, 20_000, 1, 2, 3));
    }

    assertThat(errors.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("stored 10000, duplicates 0"),
            line ->
                assertThat(line)
                    .contains("20006 (", "stored 20000, duplicates 1, quarantined 2, refused 3"));
  }
}
