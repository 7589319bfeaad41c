package org.tlsrpt.collector.report;

import org.jspecify.annotations.Nullable;

/**
 * Gives texts that repeat within a document (host names, result types, addresses) as one String. A
 * small table that forgets: never more than {@value #SLOTS} texts are held.
 */
final class SharedStrings {

  private static final int SLOTS = 2048;
  private static final int LONGEST = 64;

  private final @Nullable String[] slots = new @Nullable String[SLOTS];

  /** The text of these characters. */
  String of(char[] buffer, int start, int length) {
    if (length > LONGEST) {
      return new String(buffer, start, length);
    }
    int slot = slot(buffer, start, length);
    var known = slots[slot];
    if (known != null && isSame(known, buffer, start, length)) {
      return known;
    }
    var text = new String(buffer, start, length);
    slots[slot] = text;
    return text;
  }

  private static int slot(char[] buffer, int start, int length) {
    int hash = 0;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + buffer[i];
    }
    return (hash ^ hash >>> 16) & SLOTS - 1;
  }

  private static boolean isSame(String text, char[] buffer, int start, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != buffer[start + i]) {
        return false;
      }
    }
    return true;
  }
}
