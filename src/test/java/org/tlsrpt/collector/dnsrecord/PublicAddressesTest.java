package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a stranger's name may lead, and where not. */
class PublicAddressesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.0.0.0            | this network; Linux takes it for itself
          0.1.2.3            | this network
          10.0.0.1           | private
          10.255.255.255     | private, last
          100.64.0.1         | shared by a carrier's customers
          100.100.100.200    | metadata of a cloud
          100.127.255.255    | shared, last
          127.0.0.1          | loopback
          127.255.255.254    | loopback
          168.63.129.16      | a cloud's host
          169.254.169.254    | link-local, metadata of clouds
          172.16.0.1         | private
          172.31.255.255     | private, last
          192.0.0.192        | metadata of a cloud
          192.0.2.1          | documentation
          192.88.99.1        | relay of 6to4
          192.168.1.1        | private
          198.18.0.1         | benchmarks
          198.19.255.255     | benchmarks, last
          198.51.100.7       | documentation
          203.0.113.7        | documentation
          224.0.0.1          | multicast
          239.255.255.255    | multicast, last
          240.0.0.1          | reserved
          255.255.255.255    | broadcast
          ::                 | unspecified
          ::1                | loopback
          ::127.0.0.1        | IPv4-compatible
          ::7f00:1           | IPv4-compatible, in hexadecimal
          ::ffff:127.0.0.1   | IPv4-mapped
          ::ffff:7f00:1      | IPv4-mapped, in hexadecimal
          ::ffff:10.0.0.1    | IPv4-mapped private
          ::ffff:169.254.169.254 | IPv4-mapped metadata
          ::ffff:0:127.0.0.1 | IPv4-translated
          64:ff9b::7f00:1    | NAT64
          64:ff9b::808:808   | NAT64 of a public address: where it leads, nobody knows here
          64:ff9b:1::7f00:1  | NAT64 of a network
          100::1             | discard
          2001::1            | Teredo
          2001:0:4136:e378:8000:63bf:3fff:fdd2 | Teredo
          2001:2::1          | benchmarks
          2001:10::1         | ORCHID
          2001:20::1         | ORCHIDv2
          2001:db8::1        | documentation
          2002:7f00:1::      | 6to4 of loopback
          2002:c0a8:101::1   | 6to4 of a private address
          2002:808:808::1    | 6to4 of a public address
          3fff::1            | documentation
          5f00::1            | segment routing
          fc00::1            | unique local
          fd00:ec2::254      | metadata of a cloud
          fe80::1            | link-local
          febf::1            | link-local, last
          fec0::1            | site-local, given up
          ff02::1            | multicast
          """)
  void refuses(String address, String reason) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).as(reason).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "168.63.129.15",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "2000::1",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
  })
  void allowsNeighboursOfThose(String address) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  /** Java makes IPv4 addresses of mapped ones, except where it is told not to. */
  @Test
  void refusesMappedAddressThatStaysIpv6() throws Exception {
    var octets = new byte[16];
    octets[10] = octets[11] = (byte) 0xFF;
    octets[12] = 8;
    octets[13] = octets[14] = octets[15] = 8;

    var mapped = Inet6Address.getByAddress("name", octets, 0);

    assertThat(mapped).isInstanceOf(Inet6Address.class);
    assertThat(PublicAddresses.isPublic(mapped)).isFalse();
  }
}
