package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.with;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "2001:db8:abcd:0012::1, 2001:db8:abcd:12::1",
    "2001:DB8::A, 2001:db8::a",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1::3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "0:0:0:0:0:0:0:0, ::",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:192.0.2.33, 1:2:3:4:5:6:c000:221",
    "::192.0.2.33, ::c000:221",
  })
  void writesAddressesAsRfc5952Does(String text, String canonical) {
    assertThat(Addresses.canonical(text)).isEqualTo(canonical);
    assertThat(with("receiving-ip", "\"" + text + "\"").codes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:192.0.2.1, 192.0.2.1",
    "0:0:0:0:0:FFFF:c000:0201, 192.0.2.1",
    "[192.0.2.1], 192.0.2.1",
    "[2001:db8::1], 2001:db8::1",
    "[2001:db8::1]:25, 2001:db8::1",
    "[IPv6:2001:db8::1], 2001:db8::1",
    "[fe80::1%eth0], fe80::1",
    "fe80::1%eth0, fe80::1",
    "192.0.2.1:25, 192.0.2.1",
    "192.0.2.0/24, 192.0.2.0",
    "2001:db8::/32, 2001:db8::",
    "' 192.0.2.1 ', 192.0.2.1",
  })
  void takesOffWhatStandsAroundAnAddress(String text, String canonical) {
    var document = with("receiving-ip", "\"" + text + "\"");

    assertThat(document.detail().receivingIp()).isEqualTo(canonical);
    assertThat(document.codes()).containsExactly("ip-form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.x.x.x",
        "not-an-ip",
        "localhost",
        "mx.example.com",
        "<MY_MAILSERVER_IP>",
        "999.1.1.1",
        "256.0.0.1",
        "192.0.2",
        "192.0.2.1.5",
        "192.0.2.01",
        "0300.0.2.1",
        "0xC0.0.2.1",
        "3221225985",
        "192.0.2.1.",
        ".192.0.2.1",
        "192.0.2.1\\u0000",
        "192.0.2.-1",
        "192.0.2.\\u0661",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "1::2::3",
        ":::",
        ":",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "12345::",
        "g::1",
        "\\uFF11::1",
        "::1.2.3",
        "::1.2.3.256",
        "192.0.2.1::",
        "1:2:3:4:5:6:7:192.0.2.1",
        "[]",
        "[[::1]]",
        "%eth0",
        "192.0.2.1%eth0",
        "/24",
        "192.0.2.1:x",
        "192.0.2.1, 192.0.2.2",
      })
  void leavesOutWhatIsNoAddress(String text) {
    var document = with("receiving-ip", "\"" + text + "\"");

    assertThat(document.detail().receivingIp()).isNull();
    assertThat(document.codes()).contains("ip-invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "null, ",
    "'\"\"', ",
    "'\" \"', ",
    "5, text-not-string ip-invalid",
    "'[\"::1\"]', text-not-string ip-invalid"
  })
  void anAddressMayBeMissing(String json, @Nullable String codes) {
    var document = with("sending-mta-ip", json);

    assertThat(document.detail().sendingMtaIp()).isNull();
    assertThat(document.codes())
        .isEqualTo(codes == null ? List.of() : List.of(codes.split(" ", -1)));
  }
}
