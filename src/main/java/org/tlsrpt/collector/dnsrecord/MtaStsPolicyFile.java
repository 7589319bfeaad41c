package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy file (RFC 8461 §3.2), as strictly as senders do, and says what stops them. */
final class MtaStsPolicyFile {

  static final String RULE = "RFC 8461 §3.2";

  private static final Set<String> MODES = Set.of("enforce", "testing", "none");
  private static final Set<String> KNOWN = Set.of("version", "mode", "max_age");
  private static final long LONGEST_AGE = 31_557_600;
  private static final long SHORT_AGE = 86_400;
  private static final int MOST_PATTERNS = 1_000;

  private final Findings findings;
  private final Map<String, String> fields = new HashMap<>();
  private final List<String> mx = new ArrayList<>();
  private boolean sound = true;

  private MtaStsPolicyFile(Findings findings) {
    this.findings = findings;
  }

  /**
   * Reads a file.
   *
   * @return the policy; null if senders cannot use it, and an error says why
   */
  static MtaSts.@Nullable Policy read(String text, Findings findings) {
    return new MtaStsPolicyFile(findings).read(text);
  }

  private MtaSts.@Nullable Policy read(String text) {
    for (var line : text.split("\r?\n", -1)) {
      if (!line.isBlank()) {
        line(line);
      }
    }
    if (!"STSv1".equals(fields.get("version"))) {
      error("The policy file must have the line version: STSv1.");
    }
    var mode = mode();
    var maxAge = maxAge();
    if (mx.isEmpty() && !mode.equals("none")) {
      error("The policy file names no mx, and so no host at all may receive mail: add mx: lines.");
    }
    return sound ? new MtaSts.Policy(mode, mx, maxAge) : null;
  }

  private void line(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      error("The policy file has a line that is no key: value — " + Excerpt.of(line));
      return;
    }
    var key = line.substring(0, colon);
    var value = line.substring(colon + 1).strip();
    if (key.equals("mx")) {
      pattern(value);
    } else if (fields.putIfAbsent(key, value) != null) {
      findings.warning(
          RULE, "mta-sts", "The policy file says %s twice; the first counts.".formatted(show(key)));
    } else if (!KNOWN.contains(key) && KNOWN.contains(key.strip().toLowerCase(Locale.ROOT))) {
      error("Write %s in lower case, without blanks around it.".formatted(show(key)));
    }
  }

  private void pattern(String pattern) {
    var host = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
    var reason = HostNames.wrongLabel(host);
    if (reason != null) {
      error("The mx %s of the policy file %s".formatted(Excerpt.of(pattern), reason));
    } else if (mx.size() < MOST_PATTERNS) {
      mx.add(pattern.toLowerCase(Locale.ROOT));
    }
  }

  private String mode() {
    var mode = fields.getOrDefault("mode", "");
    if (!MODES.contains(mode)) {
      error("The policy file must have a line mode: enforce, mode: testing or mode: none.");
    } else if (!mode.equals("enforce")) {
      findings.info(
          "RFC 8461 §5",
          "mta-sts",
          mode.equals("testing")
              ? "The policy's mode is testing: senders report failures and deliver all the same."
                  + " Change it to enforce once the reports show none."
              : "The policy's mode is none: senders treat the domain as if it had no policy.");
    }
    return mode;
  }

  private long maxAge() {
    var text = fields.getOrDefault("max_age", "");
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > LONGEST_AGE) {
      error(
          "The policy file must have a line max_age: with seconds, 0 to %s."
              .formatted(LONGEST_AGE));
      return 0;
    }
    var age = Long.parseLong(text);
    if (age < SHORT_AGE && "enforce".equals(fields.get("mode"))) {
      findings.warning(
          RULE,
          "mta-sts",
          "max_age is %s s: senders forget the policy in less than a day, and an attacker only has"
                  .formatted(age)
              + " to wait; weeks are usual.");
    }
    return age;
  }

  /**
   * Whether a pattern of a policy allows a host (RFC 8461 §4.1): the same name, or {@code *.} for
   * exactly the left-most label.
   */
  static boolean allows(String pattern, String host) {
    var name = host.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot).equals(pattern.substring(1));
  }

  private static String show(String key) {
    return Excerpt.of(key.strip());
  }

  private void error(String message) {
    sound = false;
    findings.error(RULE, "mta-sts", message);
  }
}
