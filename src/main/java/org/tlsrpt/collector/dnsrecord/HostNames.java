package org.tlsrpt.collector.dnsrecord;

import java.net.IDN;
import org.jspecify.annotations.Nullable;

/** What a host or domain name may look like. */
final class HostNames {

  static final String NOT_CONVERTIBLE =
      "It cannot be converted to A-labels in one agreed way; write the xn-- form that your"
          + " registrar shows.";

  private static final int LONGEST_LABEL = 63;

  /** ß, final sigma and the two joiners: IDNA 2003 and IDNA 2008 make different names of them. */
  private static final String AMBIGUOUS = "ßẞς\u200C\u200D";

  private HostNames() {}

  /**
   * Converts U-labels to A-labels.
   *
   * @return the name; unchanged if it is ASCII; null if it does not convert, or converts
   *     differently under the two standards in use
   */
  static @Nullable String toAscii(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    if (name.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0)) {
      return null;
    }
    try {
      return IDN.toASCII(name);
    } catch (IllegalArgumentException notConvertible) {
      return null;
    }
  }

  /**
   * Judges the labels of an ASCII name without final dot.
   *
   * @return what is wrong, beginning with a verb, or null; an underscore is not wrong
   */
  static @Nullable String wrongLabel(String name) {
    for (var label : name.split("\\.", -1)) {
      if (label.isEmpty()) {
        return name.isEmpty()
            ? "is missing."
            : "has an empty label: two dots in a row, or one at the beginning or end.";
      }
      if (label.length() > LONGEST_LABEL) {
        return "has a label of %s octets, at most %s are possible: %s"
            .formatted(label.length(), LONGEST_LABEL, Excerpt.of(label));
      }
      var odd = label.codePoints().filter(c -> !isLetterDigitHyphen(c) && c != '_').findFirst();
      if (odd.isPresent()) {
        return "contains " + Excerpt.character(odd.getAsInt()) + ", which no domain name does.";
      }
      if (label.startsWith("-") || label.endsWith("-")) {
        return "has a label that begins or ends with a hyphen: " + Excerpt.of(label);
      }
    }
    return null;
  }

  /** Whether the last label is a number: an address, since no top-level domain is one. */
  static boolean isNumeric(String name) {
    return name.substring(name.lastIndexOf('.') + 1).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isLetterDigitHyphen(int c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
