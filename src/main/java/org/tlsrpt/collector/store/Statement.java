package org.tlsrpt.collector.store;

import java.util.Map;

/**
 * SQL that reads.
 *
 * @param text constants of ours with named parameters; nothing anybody typed is part of it
 * @param values of its parameters
 */
record Statement(String text, Map<String, Object> values) {

  /** A text with its place for conditions, {@code {where}}, filled. */
  static Statement of(String text, Conditions where) {
    return new Statement(text.replace("{where}", where.text()), where.values());
  }
}
