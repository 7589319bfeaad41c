package org.tlsrpt.collector.report;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as text (RFC 8460 §4.4). Never resolves anything: the text is a stranger's, and what
 * is no literal is no address.
 */
public final class Addresses {

  private static final int LONGEST = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();
  private static final int GROUPS = 8;
  private static final int[] NONE = {};

  /**
   * {@code [IPv6:2001:db8::1]:25}, {@code 192.0.2.1:25}, {@code 2001:db8::/32}, {@code fe80::1}.
   */
  private static final Pattern DECORATED =
      Pattern.compile(
          """
          (?:\\[(?:IPv6:)?([^\\[\\]]*)](?::\\d{1,5})?|([0-9.]+):\\d{1,5}|([^/]+)/\\d{1,3}|(.*))\
          """,
          Pattern.CASE_INSENSITIVE);

  private Addresses() {}

  /**
   * The canonical form of an address (RFC 5952; an IPv4 address within IPv6 as IPv4).
   *
   * @param text as somebody wrote it
   * @return {@code null} if the text is not exactly one address
   */
  public static @Nullable String canonical(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      return ipv4(text) < 0 ? null : text;
    }
    var groups = ipv6(text);
    return groups == null ? null : Ipv6Text.of(groups);
  }

  /** The text without brackets, zone, port or prefix length around an address. */
  static String bare(String text) {
    var matcher = DECORATED.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    int group = 1;
    while (matcher.group(group) == null) {
      group++;
    }
    var inner = matcher.group(group);
    int zone = inner.indexOf('%');
    return zone < 0 || inner.indexOf(':') < 0 ? inner : inner.substring(0, zone);
  }

  /** The 32 bits of four decimal octets without leading zeros; -1 if it is anything else. */
  private static long ipv4(String text) {
    long bits = 0;
    int octets = 0;
    int start = 0;
    while (octets < 4) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      int octet = octet(text, start, end);
      if (octet < 0 || (octets == 3) != (dot < 0)) {
        return -1;
      }
      bits = bits << 8 | octet;
      octets++;
      start = end + 1;
    }
    return bits;
  }

  private static int octet(String text, int start, int end) {
    int length = end - start;
    if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
      return -1;
    }
    int octet = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      octet = octet * 10 + digit;
    }
    return octet > 255 ? -1 : octet;
  }

  private static int @Nullable [] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      var all = groups(text, true);
      return all == null || all.length != GROUPS ? null : all;
    }
    var head = groups(text.substring(0, gap), false);
    var tail = groups(text.substring(gap + 2), true);
    if (head == null || tail == null || head.length + tail.length >= GROUPS) {
      return null;
    }
    var all = new int[GROUPS];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
    return all;
  }

  private static int @Nullable [] groups(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return NONE;
    }
    var parts = text.split(":", -1);
    var last = parts[parts.length - 1];
    boolean endsInIpv4 = mayEndInIpv4 && last.indexOf('.') > 0;
    int plain = endsInIpv4 ? parts.length - 1 : parts.length;
    var groups = new int[endsInIpv4 ? plain + 2 : plain];
    for (int i = 0; i < plain; i++) {
      groups[i] = group(parts[i]);
      if (groups[i] < 0) {
        return null;
      }
    }
    return endsInIpv4 ? withIpv4(groups, ipv4(last)) : groups;
  }

  private static int @Nullable [] withIpv4(int[] groups, long bits) {
    groups[groups.length - 2] = (int) (bits >> 16);
    groups[groups.length - 1] = (int) (bits & 0xFFFF);
    return bits < 0 ? null : groups;
  }

  private static int group(String text) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
