package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordGeneratorTest {

  private static final String HERE = "https://tlsrpt.example.net/v1/tlsrpt/example.com";

  @Test
  void writesCanonicalRecordForOneDestination() {
    var record = record("example.com", HERE);
    assertThat(record.name()).isEqualTo("_smtp._tls.example.com.");
    assertThat(record.ttl()).isEqualTo(3600);
    assertThat(record.value())
        .isEqualTo("v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com");
    assertThat(record.strings()).containsExactly(record.value());
  }

  @Test
  void keepsOrderOfDestinationsAndPutsNoSpaceAroundCommas() {
    assertThat(record("example.com", HERE, "mailto:tlsrpt@example.net").value())
        .isEqualTo("v=TLSRPTv1; rua=" + HERE + ",mailto:tlsrpt@example.net");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.example/x,y!z;1            | https://a.example/x%2Cy%21z%3B1
          https://a.example/x%2Cy%21z%3B1      | https://a.example/x%2Cy%21z%3B1
          https://a.example/x%2cy,z            | https://a.example/x%2cy%2Cz
          https://a.example/?q=1&r=2           | https://a.example/?q=1&r=2
          HTTPS://A.Example:8443/Path          | https://a.example:8443/Path
          https://bücher.example/x             | https://xn--bcher-kva.example/x
          https://BÜCHER.example:443           | https://xn--bcher-kva.example:443
          https://[2001:db8::1]/x              | https://[2001:db8::1]/x
          https://a.example/x#part             | https://a.example/x
          https://a.example/{domain}           | https://a.example/example.com
          MAILTO:Reports@example.net           | mailto:Reports@example.net
          mailto:a!b@example.net               | mailto:a%21b@example.net
          mailto:tlsrpt+{domain}@example.net   | mailto:tlsrpt+example.com@example.net
          '  https://a.example/  '             | https://a.example/
          """)
  void writesDestinationInItsCanonicalForm(String typed, String written) {
    assertThat(record("example.com", typed).value()).isEqualTo("v=TLSRPTv1; rua=" + written);
    assertThat(record("example.com", written).value()).isEqualTo("v=TLSRPTv1; rua=" + written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                 | empty
          http://a.example/                  | http: is not supported
          ftp://a.example/                   | The scheme ftp: is not supported
          javascript:alert(1)                | not supported
          tlsrpt@example.net                 | mailto: is missing: write mailto:tlsrpt@example.net
          a.example/path                     | The scheme is missing
          a.example:8443/path                | The scheme is missing
          https:a.example                    | two slashes
          https:///path                      | The host is missing
          https://:443/                      | The host is missing
          https://user@/                     | The host is missing
          https://a.example:0/               | port
          https://a.example:65536/           | port
          https://a.example:x/               | port
          https://a..example/                | empty label
          https://a,b.example/               | which no domain name does
          https://straße.example/            | is not ASCII
          https://a.example/ä                | is not ASCII
          https://a.example/a b              | no blanks
          https://a.example/ mailto:b@c.org  | separated by a comma
          https://a.example/"                | literal quote
          https://a.example/\\               | literal backslash
          https://a.example/<x>              | percent-encode it
          https://a.example/%zz              | two hexadecimal digits
          https://a.example/%2               | two hexadecimal digits
          https://a.example/[x]              | Square brackets
          mailto:                            | with an @
          mailto:example.net                 | with an @
          mailto:@example.net                | no mail address before the @
          mailto:a@                          | is missing
          mailto://a@example.net             | takes no slashes
          mailto:a@example.net,b@example.net | One address
          mailto:a@example.net%2Cb@c.org     | One address
          mailto:a@b@example.net             | One address
          mailto:a@example.net!10m           | size limit
          mailto:a@example.net?subject=x     | question mark
          mailto:ä@example.net               | not ASCII
          mailto:%C3%A4@example.net          | not ASCII
          mailto:a%0D%0Ab@example.net        | no mail address before the @
          mailto:.a@example.net              | no mail address before the @
          mailto:a@-example.net              | hyphen
          """)
  void refusesDestinationNoSenderCanUse(String typed, String reason) {
    var refused = refused("example.com", List.of(HERE, typed), 3600);
    assertThat(refused.field()).isEqualTo("rua");
    assertThat(refused.offending()).isEqualTo(typed);
    assertThat(refused.reason()).contains(reason);
  }

  @Test
  void refusesControlCharactersInDestinationAndShowsThemByNumber() {
    var refused = refused("example.com", List.of("https://a.example/\r\nx"), 3600);
    assertThat(refused.offending()).isEqualTo("https://a.example/<U+000D><U+000A>x");
    assertThat(refused.reason()).contains("<U+000D>");
  }

  @Test
  void refusesEmptyListSinceRuaIsRequired() {
    assertThat(refused("example.com", List.of(), 3600))
        .isEqualTo(
            new Generated.Refused(
                "rua", "", "At least one destination is needed: mailto:… or https://…."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ' example.com '          | example.com
          EXAMPLE.Com              | example.com
          example.com.             | example.com
          _smtp._tls.example.com   | example.com
          _SMTP._TLS.example.com.  | example.com
          bücher.example           | xn--bcher-kva.example
          BÜCHER.example.          | xn--bcher-kva.example
          xn--bcher-kva.example    | xn--bcher-kva.example
          例え。テスト              | xn--r8jz45g.xn--zckzah
          mail.sub.example.co.uk   | mail.sub.example.co.uk
          com                      | com
          """)
  void writesDomainAsDnsDoes(String typed, String name) {
    assertThat(record(typed, "https://a.example/{domain}"))
        .satisfies(r -> assertThat(r.name()).isEqualTo("_smtp._tls." + name + "."))
        .satisfies(r -> assertThat(r.value()).endsWith("https://a.example/" + name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                      | missing
          '   '                   | missing
          .                       | missing
          _smtp._tls.             | missing
          *.example.com           | wildcard
          192.0.2.1               | IP address
          １９２.0.2.1             | IP address
          2001:db8::1             | IP address
          [192.0.2.1]             | IP address
          2130706433              | IP address
          example.com:25          | port
          a@example.com           | mail address
          https://example.com/    | URL
          example..com            | empty label
          .example.com            | empty label
          example.com..           | empty label
          exa mple.com            | blank
          exa\u00A0mple.com       | blank
          -example.com            | hyphen
          example-.com            | hyphen
          exa$mple.com            | "$"
          _dmarc.example.com      | underscore
          straße.example          | A-labels
          a😀.example              | A-labels
          """)
  void refusesWhatIsNoDomain(String typed, String reason) {
    var refused = refused(typed.translateEscapes(), List.of(HERE), 3600);
    assertThat(refused.field()).isEqualTo("domain");
    assertThat(refused.reason()).contains(reason);
  }

  @Test
  void refusesControlCharactersInDomain() {
    var refused = refused("example\u0000.com", List.of(HERE), 3600);
    assertThat(refused.reason()).contains("control character");
    assertThat(refused.offending()).isEqualTo("example<U+0000>.com");
  }

  @Test
  void takesDomainOf242OctetsAndRefusesOneMore() {
    var longest = ("a".repeat(59) + ".").repeat(4) + "bc";
    assertThat(longest).hasSize(242);
    assertThat(record(longest, HERE).name()).hasSize(254);
    assertThat(refused("a" + longest, List.of(HERE), 3600).reason()).contains("243 octets");
    assertThat(refused("a".repeat(1_000_000), List.of(HERE), 3600).offending()).hasSize(81);
  }

  @Test
  void takesLabelOf63OctetsAndRefusesOneMore() {
    assertThat(record("a".repeat(63) + ".example", HERE).name()).contains("a".repeat(63));
    assertThat(refused("a".repeat(64) + ".example", List.of(HERE), 3600).reason())
        .contains("label of 64 octets");
    assertThat(refused("ä".repeat(63) + ".example", List.of(HERE), 3600).field())
        .isEqualTo("domain");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3600, 604_800})
  void takesTtlUpToWeek(int ttl) {
    var record = generate("example.com", List.of(HERE), ttl);
    assertThat(record)
        .asInstanceOf(type(Generated.Record.class))
        .satisfies(r -> assertThat(r.ttl()).isEqualTo(ttl));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 604_801, Integer.MAX_VALUE})
  void refusesOtherTtl(int ttl) {
    var refused = refused("example.com", List.of(HERE), ttl);
    assertThat(refused.field()).isEqualTo("ttl");
    assertThat(refused.offending()).isEqualTo(Integer.toString(ttl));
  }

  @Test
  void splitsLongValueIntoStringsOf255OctetsAndLosesNothing() {
    var destinations =
        IntStream.range(0, 60).mapToObj(i -> "mailto:tlsrpt" + i + "@reports.example.net").toList();
    var record = (Generated.Record) generate("example.com", destinations, 3600);
    assertThat(record.strings()).hasSizeGreaterThan(5).allMatch(s -> s.length() <= 255);
    assertThat(CharacterStrings.join(record.strings())).isEqualTo(record.value());
    assertThat(record.value()).isEqualTo("v=TLSRPTv1; rua=" + String.join(",", destinations));
  }

  @Test
  void refusesMoreDestinationsThanProvidersHold() {
    var thousand = IntStream.range(0, 1000).mapToObj(i -> "mailto:a" + i + "@b.example").toList();
    assertThat(refused("example.com", thousand, 3600))
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("rua"))
        .satisfies(refused -> assertThat(refused.offending()).isEqualTo("1000 destinations"))
        .satisfies(refused -> assertThat(refused.reason()).contains("4000 octets"));
    assertThat(refused("example.com", thousand.subList(0, 300), 3600).offending())
        .startsWith("300 destinations, ");
    assertThat(refused("example.com", Collections.nCopies(1_000_000, HERE), 3600).field())
        .isEqualTo("rua");
    assertThat(refused("example.com", List.of("https://a/" + "x".repeat(1_000_000)), 3600))
        .satisfies(refused -> assertThat(refused.offending()).hasSizeLessThan(100));
  }

  @Test
  void writesRepeatedDestinationOnce() {
    var record = record("example.com", HERE, "HTTPS" + HERE.substring(5), "mailto:a@example.net");
    assertThat(record.value()).isEqualTo("v=TLSRPTv1; rua=" + HERE + ",mailto:a@example.net");
    assertThat(record.notes())
        .anySatisfy(note -> assertThat(note.message()).contains("second time"));
  }

  static Generated.Record record(String domain, String... destinations) {
    var generated = generate(domain, List.of(destinations), 3600);
    assertThat(generated).isInstanceOf(Generated.Record.class);
    return (Generated.Record) generated;
  }

  private static Generated.Refused refused(String domain, List<String> destinations, int ttl) {
    var generated = generate(domain, destinations, ttl);
    assertThat(generated).isInstanceOf(Generated.Refused.class);
    return (Generated.Refused) generated;
  }

  private static Generated generate(String domain, List<String> destinations, int ttl) {
    return RecordGenerator.generate(domain, destinations, ttl);
  }
}
