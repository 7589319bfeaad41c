package org.tlsrpt.collector.dnsrecord;

/** Text from outside, made fit to stand inside a message: short, one line, visible. */
final class Excerpt {

  private static final int LIMIT = 80;

  private Excerpt() {}

  /**
   * The beginning of a text.
   *
   * @return at most 80 code points, invisible ones as {@code <U+0007>}, with … where it was cut
   */
  static String of(String text) {
    var shown = new StringBuilder();
    int at = 0;
    for (int count = 0; at < text.length() && count < LIMIT; count++) {
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

  private static boolean isVisible(int codePoint) {
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

  private static String number(int codePoint) {
    return "U+%04X".formatted(codePoint);
  }
}
