package org.tlsrpt.collector.report;

/** The canonical text of an IPv6 address (RFC 5952 §4). */
final class Ipv6Text {

  private Ipv6Text() {}

  /** Lower case, no leading zeros, the longest run of zeros as {@code ::}, IPv4 as IPv4. */
  static String of(int[] groups) {
    if (zerosFrom(groups, 0) == 5 && groups[5] == 0xFFFF) {
      return octets(groups[6]) + "." + octets(groups[7]);
    }
    int gap = longestGap(groups);
    if (gap < 0) {
      return hex(groups, 0, groups.length);
    }
    int end = gap + zerosFrom(groups, gap);
    return hex(groups, 0, gap) + "::" + hex(groups, end, groups.length);
  }

  private static String octets(int group) {
    return (group >> 8) + "." + (group & 0xFF);
  }

  private static String hex(int[] groups, int start, int end) {
    var text = new StringBuilder(39);
    for (int i = start; i < end; i++) {
      if (i > start) {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  /** Where the first of the longest runs of two zeros or more begins; -1 without one. */
  private static int longestGap(int[] groups) {
    int gap = -1;
    int longest = 1;
    for (int i = 0; i < groups.length; i++) {
      int zeros = zerosFrom(groups, i);
      if (zeros > longest) {
        gap = i;
        longest = zeros;
      }
    }
    return gap;
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < groups.length && groups[end] == 0) {
      end++;
    }
    return end - start;
  }
}
