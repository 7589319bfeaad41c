package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.List;

/** The character-strings of a TXT record: at most 255 octets each (RFC 1035 §3.3). */
final class CharacterStrings {

  private static final int LONGEST = 255;

  private CharacterStrings() {}

  /** Cuts ASCII text, adding and losing nothing. */
  static List<String> split(String ascii) {
    var strings = new ArrayList<String>();
    for (int from = 0; from < ascii.length(); from += LONGEST) {
      strings.add(ascii.substring(from, Math.min(from + LONGEST, ascii.length())));
    }
    return List.copyOf(strings);
  }

  /** The text a sender sees: joined without a space, before anything else is looked at (§3). */
  static String join(List<String> strings) {
    return String.join("", strings);
  }
}
