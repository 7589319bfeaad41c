package org.tlsrpt.collector.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Where a request comes from, as coarse as an attacker can choose it for nothing. */
final class SourceAddress {

  private static final int PREFIX_BYTES = 8;

  private SourceAddress() {}

  /** The address; of an IPv6 address the first 64 bits, within which addresses cost nothing. */
  static String of(String peer) {
    try {
      var address = InetAddress.ofLiteral(peer);
      return address instanceof Inet6Address
          ? HexFormat.ofDelimiter(":").formatHex(address.getAddress(), 0, PREFIX_BYTES) + "::/64"
          : address.getHostAddress();
    } catch (IllegalArgumentException e) {
      return peer; // what a proxy calls it
    }
  }

  /** Whether it is this machine. */
  static boolean isLoopback(String peer) {
    try {
      return InetAddress.ofLiteral(peer).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
