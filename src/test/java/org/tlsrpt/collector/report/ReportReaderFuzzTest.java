package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;

/**
 * Any bytes at all: {@code JAZZER_FUZZ=1 mvn test -Dtest=ReportReaderFuzzTest -DexcludedGroups=}.
 */
@Tag("fuzz")
class ReportReaderFuzzTest {

  private static final long MOST = (1L << 53) - 1;

  private final ReportReader reader = new ReportReader(ReportReader.Limits.DEFAULT);

  static Stream<byte[]> seeds() throws IOException {
    var folders = List.of(Path.of("src/test/resources/reports"), Path.of("../shared/samples"));
    return folders.stream()
        .filter(Files::isDirectory)
        .flatMap(ReportReaderFuzzTest::files)
        .filter(file -> file.toString().endsWith(".json"))
        .map(ReportReaderFuzzTest::bytes);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "20s")
  void readsAnythingWithoutAnExceptionAndNothingHostileOutOfIt(byte @NotNull [] document) {
    if (reader.read(document, "example.com")
        instanceof Reading.Read(var report, var notes, var i)) {
      assertThat(notes).hasSizeLessThanOrEqualTo(201);
      isStorable(report.organizationName());
      isStorable(report.contactInfo());
      isStorable(report.reportId());
      report.policies().forEach(ReportReaderFuzzTest::isStorable);
    }
  }

  private static void isStorable(PolicyResult result) {
    isStorable(result.policy().type());
    isStorable(result.policy().domain());
    result.policy().strings().forEach(ReportReaderFuzzTest::isStorable);
    result.policy().mxHosts().forEach(ReportReaderFuzzTest::isStorable);
    assertThat(result.policy().domain()).isNotEmpty().hasSizeLessThanOrEqualTo(255);
    assertThat(result.summary().successful()).isBetween(0L, MOST);
    assertThat(result.summary().failed()).isBetween(0L, MOST);
    result.failureDetails().forEach(ReportReaderFuzzTest::isStorable);
  }

  private static void isStorable(FailureDetail detail) {
    isStorable(detail.resultType());
    isStorable(detail.receivingMxHostname());
    isStorable(detail.receivingMxHelo());
    isStorable(detail.additionalInformation());
    isStorable(detail.failureReasonCode());
    isAddress(detail.sendingMtaIp());
    isAddress(detail.receivingIp());
    assertThat(detail.failedSessionCount()).isBetween(0L, MOST);
  }

  private static void isAddress(@Nullable String ip) {
    if (ip != null) {
      assertThat(ip).matches("[0-9a-f.:]{2,45}");
    }
  }

  private static void isStorable(@Nullable String text) {
    if (text == null) {
      return;
    }
    assertThat(text).hasSizeLessThanOrEqualTo(65_536);
    assertThat(
            text.codePoints()
                .noneMatch(c -> (c < 0x20 && c != '\t') || (c >= 0xD800 && c <= 0xDFFF)))
        .isTrue();
  }

  private static Stream<Path> files(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
