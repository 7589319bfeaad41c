package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects findings up to a limit, since the text that is judged comes from anybody. Errors have a
 * limit of their own, so that a crowd of remarks does not hide what is wrong.
 */
final class Findings {

  /** More errors, or more others, nobody reads; the rest is only counted. */
  static final int LIMIT = 100;

  static final String RECORD = "RFC 8460 §3";
  static final String INTEROPERABILITY = "interoperability";

  private final List<Finding> found = new ArrayList<>();
  private int errors;
  private int others;

  void error(String rule, String path, String message) {
    add(new Finding(Severity.ERROR, rule, path, message));
  }

  void warning(String rule, String path, String message) {
    add(new Finding(Severity.WARNING, rule, path, message));
  }

  void info(String rule, String path, String message) {
    add(new Finding(Severity.INFO, rule, path, message));
  }

  void addAll(Iterable<Finding> others) {
    others.forEach(this::add);
  }

  private void add(Finding finding) {
    int before = finding.severity() == Severity.ERROR ? errors++ : others++;
    if (before < LIMIT) {
      found.add(finding);
    }
  }

  /** Whether an error was found, listed or not. */
  boolean hasErrors() {
    return errors > 0;
  }

  /** What was found, in the order of the text. */
  List<Finding> toList() {
    int unlisted = errors + others - found.size();
    if (unlisted == 0) {
      return List.copyOf(found);
    }
    var all = new ArrayList<>(found);
    all.add(
        new Finding(Severity.INFO, RECORD, "records", unlisted + " more findings are not listed."));
    return List.copyOf(all);
  }
}
