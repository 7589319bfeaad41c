package org.tlsrpt.collector.intake;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Makes text of strangers such that PostgreSQL takes it, whatever it holds. */
final class StorableText {

  private static final int LONGEST = 1_000;
  private static final int REPLACEMENT = 0xFFFD;

  private StorableText() {}

  /** At most 1,000 characters, U+FFFD for what no column can hold. */
  static @Nullable String of(@Nullable String text) {
    return text == null ? null : bounded(text);
  }

  /** The same for text that is there. */
  static String bounded(String text) {
    return text.codePoints()
        .map(character -> isStorable(character) ? character : REPLACEMENT)
        .limit(LONGEST)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** An address as {@code inet} takes it; {@code null} for anything else. */
  static @Nullable String address(@Nullable String text) {
    if (text == null) {
      return null;
    }
    // A link-local peer comes with its zone (fe80::1%eth0), which inet does not know.
    var zone = text.indexOf('%');
    try {
      return InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone)).getHostAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** U+0000 and half a surrogate pair are not text to PostgreSQL. */
  private static boolean isStorable(int character) {
    return character != 0
        && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
  }
}
