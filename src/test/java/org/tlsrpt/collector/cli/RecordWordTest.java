package org.tlsrpt.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments in; standard output, standard error and exit status out. */
class RecordWordTest {

  private static final String HERE = "https://tlsrpt.example.net/v1/tlsrpt/example.com";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          example.com                                     | _smtp._tls.example.com. 3600 IN TXT "v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com"
          B\u00fccher.Example. --format text              | v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/xn--bcher-kva.example
          example.com --format text --ttl 60              | v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com
          example.com --ttl=0                             | _smtp._tls.example.com. 0 IN TXT "v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com"
          --format=text --rua mailto:a@b.example --rua https://c.example/d,e example.com | v=TLSRPTv1; rua=mailto:a@b.example,https://c.example/d%2Ce
          example.com --format text --rua https://c.example/{domain} | v=TLSRPTv1; rua=https://c.example/example.com
          example.com --format text --public-url https://c.example/tls/ | v=TLSRPTv1; rua=https://c.example/tls/v1/tlsrpt/example.com
          example.com --format text --tlsrpt.public-url=https://c.example | v=TLSRPTv1; rua=https://c.example/v1/tlsrpt/example.com
          """)
  void writesTheRecord(String args, String record) {
    var ran = Ran.run(("record " + args.translateEscapes()).split(" "));

    assertThat(ran.out()).isEqualTo(record + "\n");
    assertThat(ran.err().lines()).isNotEmpty().allMatch(line -> line.matches("(info|warning): .*"));
    assertThat(ran.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "zone",
        "route53",
        "cloudflare",
        "terraform",
        "nsupdate",
        "azure",
        "google",
        "json"
      })
  void writesTheShapesPeoplePaste(String format) {
    var ran = Ran.run("record", "example.com", "--format", format);

    assertThat(ran.status()).isZero();
    assertThat(ran.out()).contains("v=TLSRPTv1; rua=" + HERE).endsWith("\n");
  }

  @Test
  void saysWhatToKnowAboutTheRecord() {
    var ran = Ran.run("record", "example.com", "--rua", "mailto:tls@example.com", "--ttl", "60");

    assertThat(ran.err())
        .contains("info: domain: The record counts for example.com only:", "(RFC 8460 §1.1)\n")
        .contains("warning: rua[0]: Reports about broken mail to example.com would come as mail")
        .contains("info: ttl: A TTL below an hour");
  }

  @Test
  void saysThatNoSenderReachesTheAddressNobodyGave() {
    var ran = Ran.run(Map.of(), "", "record", "example.com", "--format", "text");

    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .isEqualTo("v=TLSRPTv1; rua=http://localhost:8080/v1/tlsrpt/example.com\n");
    assertThat(ran.err())
        .startsWith("error: rua[0]: Senders deliver to https only. Set tlsrpt.public-url")
        .contains("warning: http://localhost:8080 stands for this collector, and no sender can");
  }

  @Test
  void warnsOfAnAddressWithoutHttps() {
    var ran =
        Ran.run(Map.of(), "", "record", "a.example", "--public-url", "http://tlsrpt.example.net");

    assertThat(ran.out()).contains("rua=http://tlsrpt.example.net/v1/tlsrpt/a.example");
    assertThat(ran.err()).contains("Senders deliver to https only").doesNotContain("localhost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1                           | error: domain: This is an IP address
          *.example.com                       | error: domain: A wildcard cannot carry a record
          https://example.com/                | error: domain: This is a URL or path; give only the domain. Given: https://example.com/
          stra\u00dfe.example                 | error: domain: It cannot be converted to A-labels
          a.example --rua http://b.example/   | error: rua: http: is not supported
          a.example --rua tls@b.example       | error: rua: mailto: is missing: write mailto:tls@b.example
          a.example --rua mailto:a@b!10m      | error: rua: A size limit such as !10m exists in DMARC only
          """)
  void saysWhyThereCanBeNoSuchRecord(String args, String message) {
    var ran = Ran.run(("record " + args.translateEscapes()).split(" "));

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith(message).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          record                                        | Name a domain, as in: record example.com
          record a.example b.example                    | 'b.example'
          record a.example --colour red                 | --colour
          record a.example --rua                        | --rua
          record a.example --rua --ttl                  | --rua
          record a.example --ttl soon                   | --ttl must be a whole number from 0 to 604800.
          record a.example --ttl -1                     | --ttl must be a whole number from 0 to 604800.
          record a.example --ttl 604801                 | --ttl must be a whole number from 0 to 604800.
          record a.example --ttl 99999999999            | --ttl must be a whole number from 0 to 604800.
          record a.example --ttl 1 --ttl 2              | --ttl
          record a.example --format xml                 | --format must be one of text, zone,
          record a.example --format                     | --format
          record a.example --public-url b.example       | must be an address like https://tlsrpt.example.net; given: b.example
          record a.example --lint x                     | --lint judges texts and goes with nothing else.
          record --lint x --rua https://b.example/      | --lint judges texts and goes with nothing else.
          record --lint x --ttl 3600                    | --lint judges texts and goes with nothing else.
          record --lint x --format zone                 | --lint judges texts and goes with nothing else.
          record --lint x --public-url https://b.example | --lint judges texts and goes with nothing else.
          record --lint                                 | --lint
          record --lint x --fromat zone                 | Unknown option: '--fromat'
          record --lint - --nope                        | Unknown option: '--nope'
          record a.example --rua --nope                 | Unknown option: '--nope'
          """)
  void saysWhatItDoesNotUnderstand(String args, String message) {
    var ran = Ran.run(args.split(" "));

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("error: ")
        .contains(message)
        .endsWith("\nTry: java -jar tlsrpt-collector.jar record --help\n");
  }

  @Test
  void takesAnUnusableAddressFromNowhere() {
    var ran = Ran.run(Map.of("TLSRPT_PUBLIC_URL", ""), "", "record", "example.com");

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("tlsrpt.public-url must be an address like");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          v=TLSRPTv1; rua=mailto:a@b.example                | v=TLSRPTv1; rua=mailto:a@b.example                | Valid.
          v=TLSRPTv1;x=1;rua=mailto:a@b.example , https://c | v=TLSRPTv1; rua=mailto:a@b.example,https://c; x=1 | warning: records[0]:19: Leave out the space around commas
          """)
  void writesTheRecordThatSendersTake(String text, String canonical, String message) {
    var ran = Ran.run("record", "--lint", text);

    assertThat(ran.out()).isEqualTo(canonical + "\n");
    assertThat(ran.err()).contains(message).endsWith("Valid.\n");
    assertThat(ran.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          v=TSLRPTv1; rua=mailto:a@b.example     | error: records[0]: The version is misspelt
          v=TLSRPTv1; rua=a@b.example            | error: rua[0]: mailto: is missing: write mailto:a@b.example
          v=TLSRPTv1; RUA=mailto:a@b.example     | error: records[0]:12: rua must be written in lower case
          v=TLSRPTv1\\; rua=mailto:a@b.example   | error: records[0]: There are literal quotes or backslashes
          ~~                                     | error: records: No record begins with v=TLSRPTv1;
          """)
  void saysWhatIsWrongWithARecord(String text, String message) {
    var ran = Ran.run("record", "--lint", text);

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(message).endsWith("Not valid.\n");
  }

  @Test
  void judgesAllTextsOfANameTogether() {
    var good = "v=TLSRPTv1; rua=mailto:a@b.example";

    assertThat(Ran.run("record", "--lint", "v=spf1 -all", good).out()).isEqualTo(good + "\n");
    assertThat(Ran.run("record", "--lint", good, good).err()).contains("2 records begin with");
    assertThat(Ran.run("record", "--lint", good, "--lint", good).status()).isEqualTo(1);
    assertThat(Ran.run("record", "--lint=" + good).status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'v=TLSRPTv1; rua=mailto:a@b.example'                      | 0 | Valid.
          '\\nv=spf1 -all\\r\\n\\r\\nv=TLSRPTv1; rua=mailto:a@b.c\\r\\n' | 0 | Valid.
          'v=TLSRPTv1; rua=mailto:\u00e4@b.example\\n'              | 1 | "\u00e4" (U+00E4) is not ASCII
          '\\n \\n'                                                 | 1 | There is no TXT record
          ''                                                        | 1 | There is no TXT record
          """)
  void judgesTheLinesOfStandardInput(String input, int status, String message) {
    var ran = Ran.run(Map.of(), input.translateEscapes(), "record", "--lint", "-");

    assertThat(ran.err()).contains(message);
    assertThat(ran.status()).isEqualTo(status);
  }

  @Test
  void doesNotReadWithoutEnd() {
    var good = "v=TLSRPTv1; rua=mailto:a@b.example\n";

    var ran = Ran.run(Map.of(), "\n".repeat(2_000_000) + good, "record", "--lint", "-");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("more than one DNS answer can hold");
  }
}
