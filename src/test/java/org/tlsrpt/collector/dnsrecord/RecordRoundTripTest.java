package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What the generator writes, the lint reads without a word against it: 10,000 records. */
class RecordRoundTripTest {

  private static final String PATH_CHARACTERS = "abcXYZ019-._~/:@$&'()*+=,;!,;!";
  private static final String LOCAL_CHARACTERS = "abcXYZ019$&'*+-/=_~!!";
  private static final List<String> ENCODED =
      List.of("%2C", "%2c", "%21", "%3B", "%20", "%25", "%");

  @RepeatedTest(10) // of 1,000 records each
  void generatedRecordsAreReadWithoutErrorOrWarning(RepetitionInfo repetition) {
    var random = new Random(8460 + repetition.getCurrentRepetition());
    int read = 0;
    for (int turn = 0; read < 1_000; turn++) {
      assertThat(turn).as("too many are refused").isLessThan(2_000);
      var domain = domain(random);
      var destinations = destinations(random);
      if (RecordGenerator.generate(domain, destinations, random.nextInt(604_801))
          instanceof Generated.Record record) {
        assertReadsBack(domain, destinations, record);
        read++;
      } else {
        // A lone % is the only thing in these sets that can be refused.
        assertThat(destinations).anyMatch(uri -> uri.matches(".*%(?![0-9A-Fa-f]{2}).*"));
      }
    }
  }

  private static void assertReadsBack(
      String domain, List<String> destinations, Generated.Record record) {
    var result = RecordLint.lint(List.of(CharacterStrings.join(record.strings())));
    assertThat(result.findings())
        .as("%s %s", domain, destinations)
        .filteredOn(f -> f.severity() != Severity.INFO)
        .allSatisfy(f -> assertThat(f.rule()).isEqualTo("RFC 7208 §3.4"));
    assertThat(result.valid()).isTrue();
    assertThat(result.rua()).hasSize((int) destinations.stream().distinct().count());
    assertThat(new TlsRptRecord(result.rua(), result.extensions()).toText())
        .isEqualTo(record.value());
    assertThat(RecordGenerator.generate(domain, result.rua(), record.ttl()))
        .as("written again, nothing is encoded twice")
        .isInstanceOfSatisfying(
            Generated.Record.class, again -> assertThat(again.value()).isEqualTo(record.value()));
    assertThat(record.notes()).noneMatch(note -> note.severity() == Severity.ERROR);
  }

  @Test
  void saysWhenWhatItWroteIsNotFreeOfWarnings() {
    var record = RecordGeneratorTest.record("example.com", "https://user@a.example/");
    assertThat(record.notes())
        .anySatisfy(note -> assertThat(note.message()).contains("user name or password"));
  }

  @Test
  void neverThrowsOnAnyText() {
    var random = new Random(3);
    var pieces =
        List.of(
            "v=TLSRPTv1",
            ";",
            " ",
            "\t",
            "rua=",
            "mailto:",
            "https://",
            "a@b.example",
            ",",
            "!",
            "%2C",
            "%",
            "\"",
            "\\",
            "=",
            "x",
            "_",
            "\u0000",
            "é",
            "\uD800",
            "\n",
            "TXT",
            "[",
            "]",
            "@",
            "#",
            "?",
            ":",
            ".",
            "-",
            "v",
            "TLSRPT",
            "ext=1",
            "RUA=",
            "\uFEFF",
            "10m",
            "/");
    for (int turn = 0; turn < 20_000; turn++) {
      var text = new StringBuilder(random.nextBoolean() ? "v=TLSRPTv1;" : "");
      for (int count = random.nextInt(12); count > 0; count--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      assertIsAnswered(text.toString());
    }
  }

  @Test
  void neverThrowsOnTruncatedText() {
    var whole =
        "_smtp._tls.b.example. 60 IN TXT \"v=TLSRPTv1\\; rua=mailto:%22a%2C%20b%22@example.com?x=y,"
            + "https://u@[2001:db8::1]:8443/p%2Cq?r=s#t , ftp://x!10m; ext-1.a_b=c;\"";
    var record = whole.substring(whole.indexOf("v=")).replace("\\", "");
    for (var text : List.of(whole, record)) {
      for (int length = 0; length <= text.length(); length++) {
        assertIsAnswered(text.substring(0, length));
        assertIsAnswered(text.substring(length));
      }
    }
  }

  private static void assertIsAnswered(String text) {
    var result = RecordLint.lint(List.of(text, text.toLowerCase(Locale.ROOT)));
    var alone = RecordLint.lint(List.of(text));
    assertThat(result.findings()).isNotEmpty();
    for (var finding : alone.findings()) {
      assertThat(finding.message())
          .hasSizeBetween(10, 400)
          .doesNotContainPattern("[\\p{Cntrl}\\p{Cs}\\p{Cf}]");
    }
    assertThat(alone.valid())
        .isEqualTo(alone.findings().stream().noneMatch(f -> f.severity() == Severity.ERROR));
    assertThat(RecordGenerator.generate(text, List.of(text), 60)).isNotNull();
    if (RecordGenerator.generate("example.com", List.of(text), 60)
        instanceof Generated.Record record) {
      assertThat(RecordLint.lint(List.of(record.value())).valid()).isTrue();
    }
  }

  private static String domain(Random random) {
    var labels = new ArrayList<String>();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      labels.add(
          random.nextInt(8) == 0 ? "bücher" + random.nextInt(99) : "d-" + random.nextInt(10_000));
    }
    return String.join(".", labels) + ".example" + (random.nextInt(4) == 0 ? "." : "");
  }

  private static List<String> destinations(Random random) {
    var destinations = new ArrayList<String>();
    for (int count = random.nextInt(5); count >= 0; count--) {
      var unique = "u" + destinations.size();
      destinations.add(
          random.nextBoolean()
              ? (random.nextBoolean() ? "mailto:" : "MailTo:")
                  + (unique + text(random, LOCAL_CHARACTERS, 12, List.of()))
                  + "@"
                  + "mail"
                  + random.nextInt(99)
                  + ".example.net"
              : (random.nextBoolean() ? "https://" : "HTTPS://")
                  + host(random)
                  + (random.nextInt(3) == 0 ? "/{domain}/" : "/")
                  + unique
                  + text(random, PATH_CHARACTERS, 40, ENCODED));
    }
    return destinations;
  }

  private static String host(Random random) {
    return List.of("a.example", "A.Example:8443", "bücher.example", "[2001:db8::1]", "192.0.2.1:1")
        .get(random.nextInt(5));
  }

  private static String text(Random random, String characters, int atMost, List<String> others) {
    var text = new StringBuilder();
    for (int count = random.nextInt(atMost); count > 0; count--) {
      text.append(
          !others.isEmpty() && random.nextInt(25) == 0
              ? others.get(random.nextInt(others.size()))
              : characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }
}
