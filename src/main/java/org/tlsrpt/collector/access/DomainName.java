package org.tlsrpt.collector.access;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Domains in the form reports are stored under: A-labels (RFC 8460 §4.4), lower case, no final dot.
 */
final class DomainName {

  private static final int LONGEST = 253;

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*");

  /** IDNA 2003, which Java has, would make another's name of ß, final sigma and the joiners. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\\u00DF\\u1E9E\\u03C2\\u200C\\u200D]");

  private DomainName() {}

  /**
   * A domain as somebody wrote it.
   *
   * @return nothing if it is no domain name
   */
  static Optional<String> of(String given) {
    var text = given.strip().toLowerCase(Locale.ROOT);
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.length() > LONGEST || AMBIGUOUS.matcher(text).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT))
          .filter(name -> name.length() <= LONGEST && NAME.matcher(name).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
