package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text at all: {@code JAZZER_FUZZ=1 mvn test -Dtest=RecordFuzzTest -DexcludedGroups=}. */
@Tag("fuzz")
class RecordFuzzTest {

  /** 80 code points quoted, each shown as a number of at most ten characters, and the words. */
  private static final int MOST_SHOWN = 1_000;

  /** Lines: a domain, then destinations; or the TXT records of a name. */
  static Stream<byte[]> seeds() {
    return Stream.of(
            "example.com\nmailto:tlsrpt@example.net\nhttps://r.example/{domain}",
            "bücher.example.\nHTTPS://u@Bücher.example:8443/a,b!c;d%2C#x\nmailto:\"a b\"@b.example",
            "v=TLSRPTv1; rua=mailto:a@b.example,https://[2001:db8::1]/%2C?x=y&z;ext-1.a_b=c;",
            "v=spf1 -all\nv=TLSRPTv1;rua=mailto:a@b.example\nv=TLSRPTv1; rua=https://b.example",
            "v=TLSRPTv1 ; rua=mailto:a@b.example!10m, mailto:c@d.example",
            "_smtp._tls 60 IN TXT \"v=TSLRPTv1\\; rua=a@b.example\"")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "20s")
  void answersAnyTextAndWritesOnlyWhatItReadsBack(byte @NotNull [] octets) {
    var lines = new String(octets, StandardCharsets.UTF_8).split("\n", -1);
    var first = lines[0];
    var others = List.of(lines).subList(1, lines.length);

    isAnswer(RecordLint.lint(List.of(lines)));
    isAnswer(RecordLint.lint(List.of(first)));
    isWritten(RecordGenerator.generate(first, others, octets.length));
    isWritten(RecordGenerator.generate("example.com", List.of(lines), octets.length));
  }

  private static void isAnswer(LintResult result) {
    isShown(result.findings());
    assertThat(result.valid()).isEqualTo(hasNone(Severity.ERROR, result.findings()));
    if (result.valid()) {
      var canonical = new TlsRptRecord(result.rua(), result.extensions()).toText();
      var again = RecordLint.lint(List.of(canonical));
      assertThat(canonical).matches("[ -~]+");
      assertThat(again.valid()).as(canonical).isTrue();
      assertThat(again.rua()).isEqualTo(result.rua());
      assertThat(again.extensions()).isEqualTo(result.extensions());
    }
  }

  private static void isWritten(Generated generated) {
    switch (generated) {
      case Generated.Refused(var field, var offending, var reason) ->
          isShown(List.of(new Finding(Severity.ERROR, field, offending, reason)));
      case Generated.Record record -> {
        isShown(record.notes());
        assertThat(hasNone(Severity.ERROR, record.notes())).isTrue();
        isReadBack(record);
      }
    }
  }

  private static void isReadBack(Generated.Record record) {
    var read = RecordLint.lint(List.of(CharacterStrings.join(record.strings())));
    var domain = record.name().substring(TlsRptRecord.OWNER.length());
    assertThat(read.valid()).as(record.value()).isTrue();
    assertThat(new TlsRptRecord(read.rua(), read.extensions()).toText()).isEqualTo(record.value());
    assertThat(RecordGenerator.generate(domain, read.rua(), record.ttl()))
        .as("written again, nothing is encoded twice")
        .isInstanceOfSatisfying(
            Generated.Record.class, again -> assertThat(again.value()).isEqualTo(record.value()));
    for (var format : RecordFormat.values()) {
      assertThat(format.render(record)).matches("[ -~\n]+");
    }
  }

  private static boolean hasNone(Severity severity, List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.severity() == severity);
  }

  private static void isShown(List<Finding> findings) {
    assertThat(findings).hasSizeLessThanOrEqualTo(2 * Findings.LIMIT + 1);
    for (var finding : findings) {
      assertThat(finding.message().length()).isBetween(10, MOST_SHOWN);
      assertThat(finding.message() + finding.path())
          .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Cs}]");
    }
  }
}
