package org.tlsrpt.collector.intake;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The domain a rua was published for, as the path of the POST names it. */
final class RecipientDomain {

  private static final int LONGEST = 253;

  private static final Pattern HOST_NAME =
      Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))+");

  private RecipientDomain() {}

  /** A-labels in lower case without the final dot; {@code null} if this is no domain name. */
  static @Nullable String normalize(String text) {
    if (text.length() > LONGEST + 1) {
      return null;
    }
    var ascii = toAscii(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
    return ascii != null && ascii.length() <= LONGEST && HOST_NAME.matcher(ascii).matches()
        ? ascii
        : null;
  }

  private static @Nullable String toAscii(String text) {
    try {
      return IDN.toASCII(text).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
