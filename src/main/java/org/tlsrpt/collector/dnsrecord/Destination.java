package org.tlsrpt.collector.dnsrecord;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges one {@code tlsrpt-uri} (RFC 8460 §3): its characters first, then what its scheme asks. */
final class Destination {

  /** What RFC 3986 lets stand in a URI, less the three that RFC 8460 §3 wants encoded. */
  private static final String MARKS = "-._~:/?#[]@$&'()*+=%";

  private static final Pattern SIZE_SUFFIX = Pattern.compile("![0-9]{1,18}[kmgtKMGT]?$");
  private static final Pattern DOUBLY_ENCODED = Pattern.compile("%25(?i:2C|21|3B)");

  private final String uri;
  private final String path;
  private final Findings findings;

  private Destination(String uri, String path, Findings findings) {
    this.uri = uri;
    this.path = path;
    this.findings = findings;
  }

  /**
   * Judges a URI as it stands in a record.
   *
   * @param path where it stands, for the findings
   * @return whether a sender can deliver there; if not, a finding says why
   */
  static boolean judge(String uri, String path, Findings findings) {
    return new Destination(uri, path, findings).isUsable();
  }

  private boolean isUsable() {
    var flaw = wrongCharacter();
    if (flaw != null) {
      findings.error(Findings.RECORD, path, flaw);
      return false;
    }
    if (DOUBLY_ENCODED.matcher(uri).find()) {
      findings.warning(
          Findings.RECORD,
          path,
          "A percent sign is itself encoded (%25): it looks encoded twice. Write %2C, %21 or %3B.");
    }
    int colon = uri.indexOf(':');
    return isScheme(uri, colon) ? isUsableWith(uri.substring(0, colon)) : isMissingScheme();
  }

  private boolean isUsableWith(String scheme) {
    var known = scheme.toLowerCase(Locale.ROOT);
    var rest = uri.substring(scheme.length() + 1);
    if (!scheme.equals(known) && (known.equals("mailto") || known.equals("https"))) {
      findings.warning(
          Findings.INTEROPERABILITY,
          path,
          "Write the scheme in lower case, %s: a known sender compares it letter by letter."
              .formatted(known));
    }
    return switch (known) {
      case "mailto" -> new MailtoDestination(path, findings).isUsable(rest);
      case "https" -> new HttpsDestination(path, findings).isUsable(rest);
      default -> isUnsupported(known, scheme);
    };
  }

  private boolean isUnsupported(String known, String scheme) {
    if (scheme.indexOf('.') >= 0 || scheme.equals("localhost")) {
      return isMissingScheme();
    }
    findings.warning(
        Findings.RECORD,
        path,
        known.equals("http")
            ? "http: is not supported, reports travel by https: or mailto: only; write https://."
            : "The scheme %s: is not supported; only mailto: and https: are."
                .formatted(Excerpt.of(scheme)));
    return false;
  }

  private boolean isMissingScheme() {
    var shown = Excerpt.of(uri);
    if (uri.indexOf('@') > 0 && uri.indexOf('/') < 0) {
      findings.error(Findings.RECORD, path, "mailto: is missing: write mailto:" + shown);
    } else {
      findings.error(
          Findings.RECORD,
          path,
          "The scheme is missing; write https://… or mailto:… instead of: " + shown);
    }
    return false;
  }

  private @Nullable String wrongCharacter() {
    for (int at = 0; at < uri.length(); at++) {
      char c = uri.charAt(at);
      if (c == '%' && !isEncoded(uri, at)) {
        return "A percent sign must be followed by two hexadecimal digits; a literal one is %25.";
      }
      if (!isLetterOrDigit(c) && MARKS.indexOf(c) < 0) {
        return explain(uri.codePointAt(at));
      }
    }
    return null;
  }

  private String explain(int c) {
    return switch (c) {
      case '!' -> exclamation();
      case ',' -> "A comma inside a URI must be written as %2C.";
      case ';' -> "A semicolon inside a URI must be written as %3B.";
      case ' ', '\t' -> blank();
      case '"' ->
          "There is a literal quote in the text: quotes belong to zone files and only there; leave"
              + " them out.";
      case '\\' ->
          "There is a literal backslash in the text: it escapes characters in zone files and only"
              + " there; leave it out.";
      default -> Excerpt.character(c) + otherwise(c);
    };
  }

  private static String otherwise(int c) {
    if (Character.isISOControl(c)) {
      return " is a control character: remove it.";
    }
    return c > 0x7E
        ? " is not ASCII; write a domain as A-labels (xn--…), a path percent-encoded."
        : " cannot stand in a URI; percent-encode it.";
  }

  private String exclamation() {
    return SIZE_SUFFIX.matcher(uri.substring(Math.max(0, uri.length() - 20))).find()
        ? "A size limit such as !10m exists in DMARC only; leave it out (a literal ! is %21)."
        : "An exclamation mark inside a URI must be written as %21.";
  }

  private String blank() {
    var lower = uri.toLowerCase(Locale.ROOT);
    return lower.contains(" mailto:") || lower.contains(" http")
        ? "Destinations are separated by a comma, not by a space."
        : "A URI contains no blanks; percent-encode it as %20 or remove it.";
  }

  private static boolean isScheme(String uri, int colon) {
    if (colon <= 0 || !Character.isLetter(uri.charAt(0))) {
      return false;
    }
    return uri.substring(0, colon)
        .chars()
        .allMatch(c -> isLetterOrDigit(c) || "+-.".indexOf(c) >= 0);
  }

  static boolean isEncoded(String uri, int at) {
    return at + 2 < uri.length()
        && Character.digit(uri.charAt(at + 1), 16) >= 0
        && Character.digit(uri.charAt(at + 2), 16) >= 0;
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
