package org.tlsrpt.collector.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** The part of an IPv6 address that one network gets; within it addresses cost nothing. */
final class Ipv6Prefix {

  private static final int BYTES = 8;

  private Ipv6Prefix() {}

  /** The first 64 bits in hexadecimal; an IPv4 address mapped into IPv6 as what it is. */
  static String of(String literal) {
    var address = InetAddress.ofLiteral(literal);
    return address instanceof Inet6Address
        ? HexFormat.ofDelimiter(":").formatHex(address.getAddress(), 0, BYTES) + "::/64"
        : address.getHostAddress();
  }
}
