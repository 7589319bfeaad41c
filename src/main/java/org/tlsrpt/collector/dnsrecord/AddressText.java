package org.tlsrpt.collector.dnsrecord;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** An address as people write it: IPv6 after RFC 5952, which Java does not do. */
final class AddressText {

  private AddressText() {}

  /** The text, without brackets and zone. */
  static String of(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    var groups = address.getHostAddress().replaceFirst("%.*", "").split(":");
    int from = -1;
    int most = 1; // one group alone is not shortened (§4.2.2)
    for (int at = 0; at < groups.length; at++) {
      int length = zeros(groups, at);
      if (length > most) {
        from = at;
        most = length;
      }
    }
    return from < 0
        ? join(groups, 0, groups.length)
        : join(groups, 0, from) + "::" + join(groups, from + most, groups.length);
  }

  private static int zeros(String[] groups, int from) {
    int at = from;
    while (at < groups.length && groups[at].equals("0")) {
      at++;
    }
    return at - from;
  }

  private static String join(String[] groups, int from, int to) {
    return String.join(":", Arrays.copyOfRange(groups, from, to));
  }
}
