package org.tlsrpt.collector.api;

import java.util.regex.Pattern;

/**
 * Text that a spreadsheet shows and does not run. What begins like a formula is a formula to it,
 * whatever quotes stand around, and a sender may write {@code =HYPERLINK(…)} into a reason code.
 */
final class SpreadsheetText {

  /**
   * The beginning of a cell, also of one that another separator than the comma would make, and
   * behind what is not seen there. The signs also as they are typed in East Asia.
   */
  private static final Pattern RUN =
      Pattern.compile(
          "(?<=^|[;|\\t\\r\\n])(?=[\\p{Z}\\p{Cf}]*[=+\\-@\\t\\r\\n"
              + "\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE66\\uFE62\\uFE63\\uFE6B])");

  private SpreadsheetText() {}

  /**
   * The same text with an apostrophe before every sign that would begin a formula.
   *
   * @param text any
   */
  static String harmless(String text) {
    return mayRun(text) ? RUN.matcher(text).replaceAll("'") : text;
  }

  /** Nearly no text has one of the signs anywhere. */
  private static boolean mayRun(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' || c == '=' || c == '+' || c == '-' || c == '@' || c >= '\uFE60') {
        return true;
      }
    }
    return false;
  }
}
