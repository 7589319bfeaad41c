package org.tlsrpt.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the word takes; that it stores something is ImportIT's part. */
class ImportWordTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          import                                      | Name a file or a folder
          import --recipient-domain example.com       | Name a file or a folder
          import - archive.tar                        | goes with no other path
          import archive.tar --nonsense               | Unknown option: '--nonsense'
          import archive.tar --server.port            | Unknown option: '--server.port'
          import archive.tar -x                       | Unknown option: '-x'
          import archive.tar --recipient-domain       | --recipient-domain
          import archive.tar --recipient-domain a_b   | must be a domain name
          """)
  void saysWhatItDoesNotUnderstand(String args, String message) {
    var ran = Ran.run(args.split(" "));

    assertThat(ran.status()).as(ran.toString()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(message);
  }

  @Test
  void saysWhatItTakes() {
    var ran = Ran.run("import", "--help");

    assertThat(ran.status()).isZero();
    assertThat(ran.out().replaceAll("\\s+", " "))
        .contains("import PATH...", "mbox", "POST /v1/import", "Exit status");
  }
}
