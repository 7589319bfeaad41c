package org.tlsrpt.collector.dnsrecord;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises text that was meant to be a TLSRPT record, though senders pass over it. */
final class NearMiss {

  /** Long enough for any of the mistakes; the rest of a text is not looked at. */
  private static final int LOOK_AT = 600;

  private static final String RIGHT = TlsRptRecord.VERSION;

  private static final String QUOTED =
      "There are literal quotes or backslashes in the text: they belong to zone files and only there;"
          + " leave them out.";

  private static final Pattern VERSION =
      Pattern.compile("^(?i:v)(\\s*=\\s*)([^;\\s\\\\\"]{1,20})(\\s*)(\\\\?;)?");

  private static final Pattern ZONE_LINE =
      Pattern.compile("^(\\S{1,255})\\s[\\s\\w.]{0,40}?\\bTXT\\s", Pattern.CASE_INSENSITIVE);

  private static final Pattern OTHER_VERSION = Pattern.compile("TLSRPTv[0-9]{1,9}");

  private NearMiss() {}

  /**
   * Explains what keeps a text from beginning with {@code v=TLSRPTv1;}.
   *
   * @return what is wrong and what to do, or null for text that has nothing to do with it
   */
  static @Nullable String explain(String record) {
    var text = record.substring(0, Math.min(record.length(), LOOK_AT));
    var zoneLine = ZONE_LINE.matcher(text);
    if (zoneLine.find() && text.toUpperCase(Locale.ROOT).contains("TLSRPT")) {
      return zoneLine(zoneLine.group(1));
    }
    var bare = text.replaceFirst("^[\\s\"\\\\\\p{Cf}]+", "");
    var flaw = flaw(bare);
    boolean changed = bare.length() < text.length();
    if (!changed || (flaw == null && !bare.startsWith(RIGHT))) {
      return flaw;
    }
    if (text.substring(0, text.length() - bare.length()).indexOf('"') >= 0) {
      return QUOTED;
    }
    return flaw == null
        ? "The text must begin with v=TLSRPTv1; without white space or anything else before it."
        : flaw;
  }

  private static @Nullable String flaw(String bare) {
    var version = VERSION.matcher(bare);
    return version.find() ? wrongVersion(version) : withoutVersion(bare);
  }

  private static String zoneLine(String owner) {
    var name = owner.toLowerCase(Locale.ROOT);
    return name.equals("_smtp._tls") || name.startsWith(TlsRptRecord.OWNER)
        ? "This is a whole line of a zone file: the record's text is only what stands between the"
            + " quotes."
        : "The record stands at %s, where no sender looks: its name must be _smtp._tls. and the domain."
            .formatted(Excerpt.of(owner));
  }

  private static @Nullable String wrongVersion(Matcher version) {
    var word = version.group(2);
    if (!isMeant(word)) {
      return elsewhere(word);
    }
    if (!version.group(1).equals("=")) {
      return "White space around = is not allowed: write v=TLSRPTv1;.";
    }
    if (word.equals("TLSRPTv1")) {
      return wrongEnd(version);
    }
    if (OTHER_VERSION.matcher(word).matches()) {
      return "%s is another version than TLSRPTv1, the only one there is: write v=TLSRPTv1;."
          .formatted(word);
    }
    return word.equalsIgnoreCase("TLSRPTv1")
        ? "The version is compared letter by letter: write v=TLSRPTv1; instead of v=%s."
            .formatted(word)
        : "The version is misspelt: write v=TLSRPTv1; instead of v=" + Excerpt.of(word) + ".";
  }

  private static @Nullable String wrongEnd(Matcher version) {
    var semicolon = version.group(4);
    if (semicolon == null) {
      return "A semicolon must follow v=TLSRPTv1 directly, and then rua=….";
    }
    if (semicolon.startsWith("\\")) {
      return QUOTED;
    }
    if (!version.group(3).isEmpty()) {
      return "There is a space before the first semicolon; senders pass over a record that does not"
          + " begin with v=TLSRPTv1; exactly: remove it.";
    }
    return version.group().startsWith("V")
        ? "The version is compared letter by letter: write v=TLSRPTv1; with a small v."
        : null;
  }

  private static @Nullable String elsewhere(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "DMARC1" -> "This is a DMARC record: it belongs at _dmarc. and the domain.";
      case "STSV1" -> "This is an MTA-STS record: it belongs at _mta-sts. and the domain.";
      default -> null;
    };
  }

  private static @Nullable String withoutVersion(String bare) {
    if (bare.regionMatches(true, 0, "rua=", 0, 4)) {
      return "The version is missing: begin with v=TLSRPTv1;.";
    }
    return bare.regionMatches(true, 0, "TLSRPT", 0, 6)
        ? "v= is missing: begin with v=TLSRPTv1;."
        : null;
  }

  /** Whether a version's letters are those of TLSRPTv1, give or take two, in any order. */
  private static boolean isMeant(String word) {
    var letters = word.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    int common = 0;
    var left = new StringBuilder(letters);
    for (char c : "TLSRPTV".toCharArray()) {
      int at = left.indexOf(String.valueOf(c));
      if (at >= 0) {
        left.deleteCharAt(at);
        common++;
      }
    }
    return common >= 5 && left.length() <= 2;
  }
}
