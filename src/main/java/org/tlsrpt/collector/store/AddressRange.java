package org.tlsrpt.collector.store;

import java.math.BigInteger;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Addresses;

/**
 * One IP address or all that share a prefix (RFC 4632).
 *
 * @param address canonical text, every bit behind the prefix is zero
 * @param prefixLength 0 to 32, for IPv6 to 128
 */
public record AddressRange(String address, int prefixLength) {

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code 2001:db8::/32}; never resolves a name.
   *
   * @param text as somebody typed it
   * @return {@code null} if it is neither an address nor a range, also if bits are set behind the
   *     prefix: that is mostly a mistyped length
   */
  public static @Nullable AddressRange parse(String text) {
    var slash = text.indexOf('/');
    var address = Addresses.canonical(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    var bytes = InetAddress.ofLiteral(address).getAddress();
    var bits = bytes.length * Byte.SIZE;
    if (slash < 0) {
      return new AddressRange(address, bits);
    }
    var length = length(text.substring(slash + 1));
    // An IPv4 address written within IPv6 has become shorter than the prefix was meant for.
    var mapped = bits == Integer.SIZE && text.indexOf(':') >= 0;
    return length > bits || mapped || hasBitsBehind(bytes, bits - length)
        ? null
        : new AddressRange(address, length);
  }

  private static boolean hasBitsBehind(byte[] address, int free) {
    var lowest = new BigInteger(1, address).getLowestSetBit();
    return lowest >= 0 && lowest < free;
  }

  private static int length(String digits) {
    return digits.matches("0|[1-9]\\d{0,2}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
