package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which destinations are this collector, and where exactly a probe for one goes. */
class OwnIntakeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://t.example            | https://t.example/v1/tlsrpt/example.com        | true
          https://t.example            | https://t.example                              | true
          https://t.example            | https://t.example/                             | true
          https://t.example            | https://t.example:443/v1/tlsrpt                | true
          https://t.example:443        | https://t.example/v1/tlsrpt                    | true
          https://T.Example.           | https://t.example/v1/tlsrpt                    | true
          https://t.example            | HTTPS://T.EXAMPLE./v1/tlsrpt                   | true
          https://t.example            | https://t.example/v1/tlsrpt/example.com?a=b    | true
          https://xn--bcher-kva.example | https://xn--BCHER-kva.example/v1/tlsrpt       | true
          https://t.example:8443       | https://t.example:8443/v1/tlsrpt               | true
          https://192.0.2.1            | https://192.0.2.1/v1/tlsrpt                    | true
          https://[2001:db8::1]        | https://[2001:DB8::1]/v1/tlsrpt                | true
          https://t.example/tls        | https://t.example/tls/v1/tlsrpt                | true
          https://t.example/tls        | https://t.example/tls                          | true
          https://t.example/tls        | https://t.example/v1/tlsrpt                    | false
          https://t.example/tls        | https://t.example/tls2/v1/tlsrpt               | false
          https://t.example            | http://t.example/v1/tlsrpt                     | false
          https://t.example            | https://t.example:8443/v1/tlsrpt               | false
          https://t.example            | https://t.example.net/v1/tlsrpt                | false
          https://t.example            | https://a.t.example/v1/tlsrpt                  | false
          https://t.example            | https://other.example/https://t.example/       | false
          https://t.example            | https://t.example@other.example/v1/tlsrpt      | false
          https://t.example            | https://other.example#@t.example/v1/tlsrpt     | false
          https://t.example            | https://other.example\\@t.example/v1/tlsrpt    | false
          https://t.example            | mailto:tls@t.example                           | false
          https://t.example            | t.example/v1/tlsrpt                            | false
          https://t.example            | not a uri                                      | false
          https://t.example            | ''                                             | false
          http://t.example             | https://t.example/v1/tlsrpt                    | false
          http://t.example             | http://t.example/v1/tlsrpt                     | false
          """)
  void isHere(String publicUrl, String destination, boolean here) {
    assertThat(new OwnIntake(new PublicUrl(publicUrl)).isHere(destination)).isEqualTo(here);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://t.example/v1/tlsrpt                        | https://t.example/v1/tlsrpt
          https://t.example/v1/tlsrpt/                       | https://t.example/v1/tlsrpt
          https://t.example/v1/tlsrpt/Example.COM            | https://t.example/v1/tlsrpt/example.com
          https://t.example/v1/tlsrpt/example.com/           | https://t.example/v1/tlsrpt/example.com
          https://T.EXAMPLE:443/v1/tlsrpt/example.com?x=y#z  | https://t.example/v1/tlsrpt/example.com
          https://user:pw@t.example/v1/tlsrpt/example.com    | https://t.example/v1/tlsrpt/example.com
          """)
  void makesTheAddressOfAProbeOfItsOwnUrl(String destination, String url) {
    var own = new OwnIntake(new PublicUrl("https://t.example"));

    assertThat(own.url(own.target(destination))).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://t.example",
        "https://t.example/",
        "https://t.example/v1/tlsrp/example.com",
        "https://t.example/v1/tlsrptx",
        "https://t.example/v1/tlsrpt/a/b",
        "https://t.example/v1/tlsrpt/../quarantine/replay",
        "https://t.example/v1/tlsrpt/%2e%2e",
        "https://t.example/v1/tlsrpt/a%20b",
        "https://t.example/v1/quarantine/replay",
        "https://other.example/v1/tlsrpt/example.com"
      })
  void hasNoTargetWhereNoReportsAreTaken(String destination) {
    assertThat(new OwnIntake(new PublicUrl("https://t.example")).target(destination)).isNull();
  }

  @Test
  void keepsPortAndPathOfItsOwnUrl() {
    var own = new OwnIntake(new PublicUrl("https://[2001:db8::1]:8443/tls/"));

    assertThat(own.url(own.target("https://[2001:db8::1]:8443/tls/v1/tlsrpt/example.com")))
        .hasToString("https://[2001:db8::1]:8443/tls/v1/tlsrpt/example.com");
  }
}
