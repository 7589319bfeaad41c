package org.tlsrpt.collector.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked for a token or an account; the same rules for calls and the command line. */
final class Wanted {

  static final int LONGEST_NAME = 100;

  private static final int MOST_DOMAINS = 1_000;
  private static final int LONGEST_SHOWN = 60;

  private Wanted() {}

  /** Words of ours for people: without line ends, which would make two lines of one in the log. */
  static String name(String given) {
    var name = given.strip();
    if (name.isEmpty()) {
      throw new UnacceptableException("name", "must not be empty.");
    }
    if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw new UnacceptableException(
          "name", "must not be longer than " + LONGEST_NAME + " characters.");
    }
    if (!name.codePoints().allMatch(Wanted::isPrintable)) {
      throw new UnacceptableException("name", "must not contain control characters.");
    }
    return name;
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The domains in the form reports are stored under, each once. */
  static @Nullable List<String> domains(@Nullable List<String> given, Scope scope) {
    if (given == null) {
      return null;
    }
    if (scope == Scope.ADMIN) {
      throw limitedAdmin();
    }
    return domains(given);
  }

  /** The same where the scope is not known. */
  static List<String> domains(List<String> given) {
    if (given.isEmpty()) {
      throw new UnacceptableException(
          "domains", "must name at least one domain; without it all are meant.");
    }
    if (given.size() > MOST_DOMAINS) {
      throw new UnacceptableException(
          "domains", "must not name more than " + MOST_DOMAINS + " domains.");
    }
    return given.stream().map(Wanted::domain).distinct().sorted().toList();
  }

  private static String domain(String given) {
    return DomainName.of(given)
        .orElseThrow(
            () ->
                new UnacceptableException(
                    "domains",
                    "must hold domain names like example.com, and '"
                        + excerpt(given)
                        + "' is none."));
  }

  static UnacceptableException limitedAdmin() {
    return new UnacceptableException(
        "domains", "go with scope read only: whoever may do everything sees everything.");
  }

  /** Printable, and short enough for a message. */
  static String excerpt(String given) {
    var clean = new StringBuilder();
    given
        .codePoints()
        .limit(LONGEST_SHOWN + 1L)
        .forEach(c -> clean.appendCodePoint(isPrintable(c) ? c : '?'));
    return clean.codePointCount(0, clean.length()) <= LONGEST_SHOWN
        ? clean.toString()
        : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
  }
}
