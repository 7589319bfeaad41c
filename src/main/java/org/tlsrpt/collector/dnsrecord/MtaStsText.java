package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the TXT records at {@code _mta-sts.<domain>} (RFC 8461 §3.1). */
final class MtaStsText {

  static final String RULE = "RFC 8461 §3.1";

  private static final String PREFIX = "v=STSv1;";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");
  private static final Pattern FIELD =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\\x21-\\x3A\\x3C\\x3E-\\x7E]+");

  private final Findings findings;

  private MtaStsText(Findings findings) {
    this.findings = findings;
  }

  /**
   * What senders make of the records.
   *
   * @param record the one they take; null if none or several begin with {@code v=STSv1;}
   * @param id null if it has none that is well-formed
   */
  record Read(@Nullable String record, @Nullable String id) {}

  /** Reads the joined texts of all TXT records at the name. */
  static Read read(List<String> texts, Findings findings) {
    var candidates = texts.stream().filter(text -> text.startsWith(PREFIX)).toList();
    if (candidates.size() > 1) {
      findings.error(
          RULE,
          "mta-sts",
          "%s TXT records at _mta-sts begin with v=STSv1; so senders act as if there were none: keep"
                  .formatted(candidates.size())
              + " one.");
    } else if (candidates.isEmpty()) {
      texts.stream()
          .filter(text -> text.strip().toLowerCase(java.util.Locale.ROOT).startsWith("v=sts"))
          .findFirst()
          .ifPresent(text -> nearMiss(text, findings));
    }
    return candidates.size() == 1
        ? new MtaStsText(findings).one(candidates.getFirst())
        : new Read(null, null);
  }

  private static void nearMiss(String text, Findings findings) {
    findings.error(
        RULE,
        "mta-sts",
        "A TXT record at _mta-sts begins nearly like v=STSv1; and so senders pass over it; it"
            + " begins: "
            + Excerpt.of(text));
  }

  private Read one(String text) {
    String id = null;
    var fields = text.substring(PREFIX.length()).split(";", -1);
    for (int at = 0; at < fields.length; at++) {
      var field = fields[at].strip();
      boolean isEnd = at == fields.length - 1 && field.isEmpty();
      if (!isEnd && !FIELD.matcher(field).matches()) {
        error("The TXT record at _mta-sts has a malformed field: " + Excerpt.of(field));
      } else if (field.startsWith("id=") && id == null) {
        id = field.substring(3);
      }
    }
    if (id == null || !ID.matcher(id).matches()) {
      error(
          id == null
              ? "The TXT record at _mta-sts has no id= and so senders ignore it: add one."
              : "The id of the TXT record at _mta-sts must be 1 to 32 letters and digits.");
      return new Read(text, null);
    }
    return new Read(text, id);
  }

  private void error(String message) {
    findings.error(RULE, "mta-sts", message);
  }
}
