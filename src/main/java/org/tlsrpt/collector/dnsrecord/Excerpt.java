package org.tlsrpt.collector.dnsrecord;

/** Text from outside, made fit to be shown: short, one line, visible. */
public final class Excerpt {

  private static final int LIMIT = 80;
  private static final int LINE_LIMIT = 1_000;

  private Excerpt() {}

  /**
   * The beginning of a text.
   *
   * @return at most 80 code points, invisible ones as {@code <U+0007>}, with … where it was cut
   */
  public static String of(String text) {
    return cut(text, LIMIT);
  }

  /**
   * A whole message that may quote text from outside.
   *
   * @return at most 1,000 code points, otherwise like {@link #of}
   */
  public static String line(String text) {
    return cut(text, LINE_LIMIT);
  }

  private static String cut(String text, int limit) {
    var shown = new StringBuilder();
    int at = 0;
    for (int count = 0; at < text.length() && count < limit; count++) {
      int codePoint = text.codePointAt(at);
      append(shown, codePoint);
      at += Character.charCount(codePoint);
    }
    return at < text.length() ? shown.append('…').toString() : shown.toString();
  }

  /** One code point, named by number too where it does not show: {@code "é" (U+00E9)}. */
  static String character(int codePoint) {
    var shown = new StringBuilder();
    append(shown, codePoint);
    if (codePoint > 0x7E && isVisible(codePoint)) {
      return "\"" + shown + "\" (" + number(codePoint) + ")";
    }
    return codePoint == '"' ? "'\"'" : "\"" + shown + "\"";
  }

  private static void append(StringBuilder shown, int codePoint) {
    if (isVisible(codePoint)) {
      shown.appendCodePoint(codePoint);
    } else {
      shown.append('<').append(number(codePoint)).append('>');
    }
  }

  /**
   * Whether a reader sees a character and nothing else by it: controls, format characters, which
   * can turn the direction of a text around, and odd spaces are not visible.
   */
  public static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }

  /** How an invisible code point is named: {@code U+202E}. */
  public static String number(int codePoint) {
    return "U+%04X".formatted(codePoint);
  }
}
