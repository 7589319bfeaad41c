package org.tlsrpt.collector.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          record example.com                | true
          --help                            | true
          --version                         | true
          -h                                | true
          nonsense                          | true
          -Dtlsrpt.public-url=https://x.example | true
          --server.port=8080                | false
          --help-me=1                       | false
          --tlsrpt.public-url=https://x.example record example.com | false
          ''                                | false
          """)
  void beginsWithAWordOrElseTheServiceDoes(String args, boolean word) {
    assertThat(Words.begin(args.split(" "))).isEqualTo(word);
    assertThat(Words.begin(new String[0])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void saysWhichWordsThereAre(String option) {
    var ran = Ran.run(option);

    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("java -jar tlsrpt-collector.jar WORD", "--PROPERTY=VALUE", "record", "--version");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void saysWhatAWordTakes() {
    var ran = Ran.run("record", "--help");

    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("record DOMAIN [--rua URI]...", "record --lint TEXT...", "Exit status")
        .contains("text, zone, route53, cloudflare, terraform, nsupdate, azure, google, json")
        .contains("mailto:… or https://…");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void saysItsVersion() {
    assertThat(Ran.run("--version")).isEqualTo(new Ran(0, "tlsrpt-collector (not packaged)\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recrod example.com       | recrod is no word of the command line; there are: record, import.
          example.com              | example.com is no word of the command line
          server.port=8080         | A property is written --name=value.
          -Dserver.port=8080       | Unknown option: '-Dserver.port=8080'
          """)
  void saysWhatItDoesNotUnderstand(String args, String message) {
    var ran = Ran.run(args.split(" "));

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("error: ")
        .contains(message)
        .endsWith("Try: java -jar tlsrpt-collector.jar --help\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[2J", "\u009b31m", "\r", "\n", "\u0000", "\u202e", "\u0007"})
  void neverLetsArgumentsCommandTheTerminal(String command) {
    for (var args :
        new String[][] {
          {"re" + command},
          {"record", command + ".example"},
          {"record", "--" + command},
          {"record", "a.example", "b" + command},
          {"record", "a.example", "--ttl", command},
          {"record", "a.example", "--format", command},
          {"record", "a.example", "--rua", "https://a.example/" + command + "x"},
          {"record", "a.example", "--public-url", "https://a.example/" + command + "x"},
          {"record", "--lint", "v=TLSRPTv1; rua=" + command},
          {"record", "--lint", command}
        }) {
      var ran = Ran.run(args);

      assertThat(ran.status()).as(String.join(" ", args)).isNotZero();
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err().lines())
          .noneMatch(line -> line.matches(".*[\\p{Cntrl}\\p{Cf}\\u009b].*"));
      assertThat(ran.err().lines().count()).isBetween(1L, 3L);
    }
  }

  @Test
  void boundsWhatItRepeats() {
    var ran = Ran.run("a".repeat(1_000_000));

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).hasSizeLessThan(1_200);
  }

  @Test
  void takesArgumentsAsTextAndReadsNoFiles() {
    assertThat(Ran.run("record", "@/etc/passwd").err()).contains("Given: @/etc/passwd");
    assertThat(Ran.run("@/etc/passwd").err()).contains("@/etc/passwd is no word");
    assertThat(Ran.run("record", "${sys:user.home}").err()).contains("${sys:user.home}");
  }

  @Test
  void saysThatTheAnswerWasLost() {
    var err = new ByteArrayOutputStream();
    var terminal = new Terminal(InputStream.nullInputStream(), new FullDisk(), err);

    var status =
        Words.run(
            new String[] {"record", "example.com", "--rua", "mailto:a@b.example"},
            terminal,
            Map.of(),
            Clock.systemUTC());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .endsWith("error: The answer could not be written to standard output.\n");
  }

  @Test
  void saysThatTheInputCannotBeRead() {
    var err = new ByteArrayOutputStream();
    var terminal = new Terminal(new BrokenInput(), OutputStream.nullOutputStream(), err);

    var status =
        Words.run(new String[] {"record", "--lint", "-"}, terminal, Map.of(), Clock.systemUTC());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("error: java.io.IOException: Input/output error\n");
  }

  @Test
  void answersTheSameWhateverTheLocale() {
    var usual = Ran.run("record", "example.com", "--format", "json");
    var locale = Locale.getDefault();
    Locale.setDefault(Locale.of("fa", "IR"));
    try {
      assertThat(Ran.run("record", "example.com", "--format", "json")).isEqualTo(usual);
    } finally {
      Locale.setDefault(locale);
    }
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  private static final class BrokenInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("Input/output error");
    }
  }
}
