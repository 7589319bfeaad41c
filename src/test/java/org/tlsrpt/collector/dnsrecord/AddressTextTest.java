package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5952 §4. */
class AddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,                   192.0.2.1",
    "::,                          ::",
    "::1,                         ::1",
    "2001:DB8:0:0:0:0:0:1,        2001:db8::1",
    "2001:db8::,                  2001:db8::",
    "2001:db8:0:1:1:1:1:1,        2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,          2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,        2001:db8::1:0:0:1",
    "fe80::1%1,                   fe80::1",
  })
  void writes(String address, String text) {
    assertThat(AddressText.of(InetAddress.ofLiteral(address))).isEqualTo(text);
  }
}
