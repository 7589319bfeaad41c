package org.tlsrpt.collector.dnsrecord;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A field that is no rua: {@code tlsrpt-extension} of RFC 8460 §3, or what was meant to be one. */
final class ExtensionField {

  private static final int LONGEST_NAME = 32;
  private static final Set<String> DMARC_TAGS =
      Set.of("ruf", "p", "sp", "np", "pct", "fo", "rf", "ri", "adkim", "aspf");

  private final String field;
  private final int offset;
  private final String place;
  private final Findings findings;

  /** The field is the text from {@code from} to {@code to}, without blanks at its ends. */
  ExtensionField(String text, int from, int to, String place, Findings findings) {
    this.field = text.substring(from, to);
    this.offset = from;
    this.place = place;
    this.findings = findings;
  }

  /**
   * Reads the field.
   *
   * @param afterRua whether a rua field stands before it, which the field may have been part of
   * @param extensions takes it if it is well-formed and its name is new
   */
  void read(boolean afterRua, Map<String, String> extensions) {
    int equals = field.indexOf('=');
    if (equals < 0) {
      error(0, noKey(afterRua));
      return;
    }
    var name = field.substring(0, equals).strip();
    var value = field.substring(equals + 1);
    if (name.length() < equals || (!value.isEmpty() && RecordParser.isBlank(value.charAt(0)))) {
      error(equals, "White space around = is not allowed: remove it.");
      return;
    }
    if (name.equalsIgnoreCase("rua")) {
      error(
          0,
          "rua must be written in lower case: senders take %s= for an unknown field."
              .formatted(name));
    } else if (isWellFormedName(name, afterRua) && isWellFormedValue(name, value, afterRua)) {
      accept(name, value, extensions);
    }
  }

  private void accept(String name, String value, Map<String, String> extensions) {
    if (extensions.putIfAbsent(name, value) != null) {
      info("The field %s stands here a second time; the first one is shown.".formatted(name));
    } else if (DMARC_TAGS.contains(name)) {
      info("%s is a field of DMARC, without a meaning here: senders ignore it.".formatted(name));
    } else {
      info("Senders ignore the field %s, RFC 8460 does not know it.".formatted(name));
    }
  }

  private boolean isWellFormedName(String name, boolean afterRua) {
    int odd = oddInName(name);
    if (odd >= 0) {
      error(
          odd,
          "A field's name consists of letters, digits, _ - . and begins with a letter or digit: "
              + Excerpt.of(name)
              + hint(afterRua));
      return false;
    }
    if (name.length() > LONGEST_NAME) {
      error(
          0,
          "A field's name has at most %s characters: %s".formatted(LONGEST_NAME, Excerpt.of(name)));
      return false;
    }
    return true;
  }

  private boolean isWellFormedValue(String name, String value, boolean afterRua) {
    int start = field.length() - value.length();
    if (value.isEmpty()) {
      error(start - 1, "The field %s has no value: give one or remove it.".formatted(name));
      return false;
    }
    int odd = oddInValue(value);
    if (odd >= 0) {
      error(
          start + odd,
          "The value of the field %s cannot contain %s.%s"
              .formatted(name, Excerpt.character(value.codePointAt(odd)), hint(afterRua)));
    }
    return odd < 0;
  }

  private String noKey(boolean afterRua) {
    var lower = field.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mailto:") || lower.startsWith("https:")) {
      return afterRua
          ? "Destinations are separated by a comma, not by a semicolon."
          : "rua= is missing in front of the destination.";
    }
    if (field.indexOf('\\') >= 0 || field.indexOf('"') >= 0) {
      return "Quotes and backslashes belong to zone files and only there: leave them out.";
    }
    return "A field must have the form name=value: " + Excerpt.of(field) + hint(afterRua);
  }

  private static String hint(boolean afterRua) {
    return afterRua ? " (If it belongs to the URI before: a semicolon in a URI is %3B.)" : "";
  }

  private static int oddInName(String name) {
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      boolean alphanumeric =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!alphanumeric && (at == 0 || "_-.".indexOf(c) < 0)) {
        return at;
      }
    }
    return name.isEmpty() ? 0 : -1;
  }

  private static int oddInValue(String value) {
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c <= 0x20 || c > 0x7E || c == '=' || c == ';') {
        return at;
      }
    }
    return -1;
  }

  private void error(int at, String message) {
    findings.error(Findings.RECORD, place + ":" + (offset + at), message);
  }

  private void info(String message) {
    findings.info(Findings.RECORD, place + ":" + offset, message);
  }
}
