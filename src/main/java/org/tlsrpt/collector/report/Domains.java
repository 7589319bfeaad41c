package org.tlsrpt.collector.report;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Domain names as RFC 8460 §4.4 asks for them: A-labels; here also lower case, no final dot. */
public final class Domains {

  /** The longest name in text form; what is no name is cut to a little more. */
  static final int LONGEST = 255;

  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  /**
   * Characters that IDNA 2003, which {@link IDN} is, maps to other ones or drops, while IDNA 2008
   * makes them part of the name: ß, final sigma and the joiners. Converting them would name
   * somebody else's domain.
   */
  private static final String DIFFER_IN_IDNA_2008 = "\u00DF\u1E9E\u03C2\u200C\u200D";

  private Domains() {}

  /**
   * A domain put right.
   *
   * @param text never blank unless the given text was nothing but dots and blanks
   * @param deviation what had to be put right, if it is worth a note
   */
  record Name(String text, @Nullable Deviation deviation) {}

  /**
   * A domain name in the form reports are stored under.
   *
   * @param given as somebody wrote it: U-labels, capitals, a final dot
   * @return A-labels in lower case without the final dot; {@code null} if it is no domain name
   */
  public static @Nullable String aLabels(String given) {
    var name = name(given).text();
    return isName(name) ? name : null;
  }

  /**
   * The text a policy domain is stored as, whether it is a domain name or not.
   *
   * @param given as somebody wrote it
   * @return A-labels in lower case without the final dot; what is no domain name stays text, lower
   *     case
   */
  public static String asStored(String given) {
    return name(given).text();
  }

  /** A domain name; what is none stays text, lower case and at most 255 characters long. */
  static Name name(String given) {
    var text = plain(given);
    if (isName(text)) {
      return new Name(text, null);
    }
    var ascii = toAscii(text);
    if (ascii != null && isName(ascii)) {
      return new Name(ascii, Deviation.DOMAIN_UNICODE);
    }
    return new Name(text, text.isEmpty() ? null : Deviation.DOMAIN_INVALID);
  }

  /**
   * The text a host or pattern is stored as.
   *
   * @param given as somebody wrote it
   * @return A-labels in lower case without the final dot; anything else in lower case
   */
  public static String host(String given) {
    if (isName(given)) {
      return given;
    }
    var text = plain(given);
    var ascii = toAscii(text);
    return ascii == null ? text : ascii;
  }

  /** Whether the text is a domain name in A-labels, lower case, without a final dot. */
  static boolean isName(String text) {
    int length = text.length();
    if (length == 0 || length > LONGEST_NAME) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= length; i++) {
      char c = i < length ? text.charAt(i) : '.';
      if (c == '.') {
        if (i == start || i - start > LONGEST_LABEL) {
          return false;
        }
        start = i + 1;
      } else if (!isPartOfLabel(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPartOfLabel(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  private static String plain(String given) {
    var text = given.strip().toLowerCase(Locale.ROOT);
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    return text.length() > LONGEST ? Cleaning.cut(text, LONGEST) : text;
  }

  /** The A-labels of a name with other than ASCII characters, {@code null} if there are none. */
  private static @Nullable String toAscii(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    boolean ambiguous = text.chars().anyMatch(c -> DIFFER_IN_IDNA_2008.indexOf(c) >= 0);
    if (ascii || ambiguous) {
      return null;
    }
    try {
      return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
