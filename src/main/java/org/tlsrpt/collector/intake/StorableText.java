package org.tlsrpt.collector.intake;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes text of strangers such that PostgreSQL takes it, whatever it holds. */
final class StorableText {

  private static final int LONGEST = 1_000;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\[([0-9A-Fa-f:.]{2,45})(?:%[^\\]]{1,64})?](?::[0-9]{1,5})?"
              + "|([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]{2,45})(?:%.{1,64}|(?<=[.][0-9]{1,3}):[0-9]{1,5})?");

  private static final int REPLACEMENT = 0xFFFD;

  private StorableText() {}

  /** At most 1,000 characters, U+FFFD for what no column can hold. */
  static @Nullable String of(@Nullable String text) {
    return text == null || isPlain(text) ? text : bounded(text);
  }

  /** The same for text that is there. */
  static String bounded(String text) {
    return text.codePoints()
        .map(character -> isStorable(character) ? character : REPLACEMENT)
        .limit(LONGEST)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * An address as {@code inet} takes it; {@code null} for anything else. Proxies write it with a
   * port ({@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}), a link-local peer comes with its
   * zone ({@code fe80::1%eth0}).
   */
  static @Nullable String address(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var parts = ADDRESS.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    var literal = parts.group(1) != null ? parts.group(1) : parts.group(2);
    try {
      return InetAddress.ofLiteral(literal).getHostAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Short and printable ASCII, as nearly all is. */
  private static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return text.length() <= LONGEST;
  }

  /** U+0000 and half a surrogate pair are not text to PostgreSQL. */
  private static boolean isStorable(int character) {
    return character != 0
        && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
  }
}
