package org.tlsrpt.collector.report;

/**
 * A text made storable: PostgreSQL refuses U+0000, JSON writers refuse half characters, terminals
 * obey control characters.
 *
 * @param text without control characters but TAB, and without lone surrogates
 * @param controls whether there were any of the former
 * @param surrogates whether there were any of the latter
 */
record Cleaning(String text, boolean controls, boolean surrogates) {

  private static final char REPLACEMENT = '\uFFFD';

  /** Whether there is nothing to do; may be wrong only for texts with surrogates. */
  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c) || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /** Line ends become blanks, U+0000 and lone surrogates U+FFFD; other controls go. */
  static Cleaning of(String text) {
    var clean = new StringBuilder(text.length());
    boolean controls = false;
    boolean surrogates = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c)) {
        controls = true;
        appendInstead(clean, c, i > 0 && text.charAt(i - 1) == '\r');
      } else if (isHalfOfPair(text, i)) {
        clean.append(c);
      } else {
        surrogates |= Character.isSurrogate(c);
        clean.append(Character.isSurrogate(c) ? REPLACEMENT : c);
      }
    }
    return new Cleaning(clean.toString(), controls, surrogates);
  }

  /** At most so many characters, and no half ones. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most);
  }

  private static void appendInstead(StringBuilder clean, char control, boolean afterReturn) {
    if (control == 0) {
      clean.append(REPLACEMENT);
    } else if (control == '\r' || (control == '\n' && !afterReturn)) {
      clean.append(' ');
    }
  }

  private static boolean isControl(char c) {
    return c < ' ' && c != '\t';
  }

  private static boolean isHalfOfPair(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
