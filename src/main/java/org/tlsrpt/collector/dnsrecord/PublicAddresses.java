package org.tlsrpt.collector.dnsrecord;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses belong to the public Internet, so that a name somebody typed leads nowhere
 * inside: after IANA's registries of special-purpose addresses (RFC 6890), both of 2026.
 */
final class PublicAddresses {

  /** Whoever serves these, it is not the public. */
  private static final List<Range> NOT_PUBLIC_IPV4 =
      ranges(
          "0.0.0.0/8", // this network (RFC 791); Linux takes 0.0.0.0 for itself
          "10.0.0.0/8", // private (RFC 1918)
          "100.64.0.0/10", // shared by customers of a carrier (RFC 6598); a cloud's metadata
          "127.0.0.0/8", // loopback (RFC 1122)
          "168.63.129.16/32", // Azure's host, in a public range
          "169.254.0.0/16", // link-local (RFC 3927); metadata of most clouds
          "172.16.0.0/12", // private (RFC 1918)
          "192.0.0.0/24", // protocol assignments (RFC 6890); metadata of a cloud
          "192.0.2.0/24", // documentation (RFC 5737)
          "192.31.196.0/24", // AS112 (RFC 7535)
          "192.52.193.0/24", // AMT (RFC 7450)
          "192.88.99.0/24", // relays of 6to4 (RFC 7526)
          "192.168.0.0/16", // private (RFC 1918)
          "192.175.48.0/24", // AS112 (RFC 7534)
          "198.18.0.0/15", // benchmarks (RFC 2544)
          "198.51.100.0/24", // documentation (RFC 5737)
          "203.0.113.0/24", // documentation (RFC 5737)
          "224.0.0.0/4", // multicast (RFC 5771)
          "240.0.0.0/4"); // reserved (RFC 1112), broadcast

  /**
   * Global unicast. All that embeds IPv4 addresses in other ways (mapped, compatible, translated,
   * NAT64), loopback, link-local, site-local, unique local and multicast lie outside.
   */
  private static final Range GLOBAL_UNICAST = Range.of("2000::/3");

  private static final List<Range> NOT_PUBLIC_IPV6 =
      ranges(
          "2001::/23", // protocol assignments (RFC 2928): Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation (RFC 3849)
          "2002::/16", // 6to4 (RFC 3056), embeds any IPv4 address
          "2620:4f:8000::/48", // AS112 (RFC 7534)
          "3ffe::/16", // 6bone, given back (RFC 3701)
          "3fff::/20"); // documentation (RFC 9637)

  private PublicAddresses() {}

  /** Whether a server of the public can have this address. */
  static boolean isPublic(InetAddress address) {
    var octets = address.getAddress();
    return address instanceof Inet4Address
        ? NOT_PUBLIC_IPV4.stream().noneMatch(range -> range.holds(octets))
        : GLOBAL_UNICAST.holds(octets)
            && NOT_PUBLIC_IPV6.stream().noneMatch(range -> range.holds(octets));
  }

  private static List<Range> ranges(String... prefixes) {
    return Arrays.stream(prefixes).map(Range::of).toList();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Range(byte[] octets, int bits) {

    static Range of(String prefix) {
      var slash = prefix.indexOf('/');
      return new Range(
          InetAddress.ofLiteral(prefix.substring(0, slash)).getAddress(),
          Integer.parseInt(prefix.substring(slash + 1)));
    }

    boolean holds(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (octets[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
