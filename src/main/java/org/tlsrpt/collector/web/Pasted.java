package org.tlsrpt.collector.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tlsrpt.collector.dnsrecord.QuotedStrings;

/**
 * Text somebody pasted: one record per line. Blank lines and comments, as dig and zone files have
 * them, are no records.
 *
 * @param records the lines that are
 * @param lines on which line each of them stands, counted from 1
 */
record Pasted(List<String> records, List<Integer> lines) {

  /** One more than {@code RecordLint} reads: it says itself that these are too many. */
  private static final int MOST = 1_001;

  static Pasted of(String text) {
    var records = new ArrayList<String>();
    var lines = new ArrayList<Integer>();
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      number++;
      var start = line.stripLeading();
      if (!start.isEmpty() && !start.startsWith(";") && records.size() < MOST) {
        records.add(line);
        lines.add(number);
      }
    }
    return new Pasted(List.copyOf(records), List.copyOf(lines));
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  boolean isTooMany() {
    return records.size() == MOST;
  }

  long length() {
    return records.stream().mapToLong(String::length).sum();
  }

  /**
   * The same with lines of dig and zone files replaced by what they stand for.
   *
   * @return empty if there are none
   */
  String unquoted() {
    if (records.stream().noneMatch(record -> QuotedStrings.read(record).isPresent())) {
      return "";
    }
    return records.stream()
        .map(record -> QuotedStrings.read(record).orElse(record))
        .collect(Collectors.joining("\n"));
  }
}
