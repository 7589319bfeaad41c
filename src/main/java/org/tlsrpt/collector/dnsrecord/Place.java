package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a text that a {@link Finding} is about.
 *
 * @param record which of the texts, counted from 0
 * @param from its first character, counted from 0
 * @param to the character after its last; equal to {@code from} where something is missing
 */
public record Place(int record, int from, int to) {

  private static final Pattern RECORD = Pattern.compile("records\\[(\\d{1,5})](?::(\\d{1,6}))?");
  private static final Pattern DESTINATION = Pattern.compile("rua\\[(\\d{1,5})]");
  private static final String RUA = "rua=";

  /**
   * Finds what a finding of {@link RecordLint} points to.
   *
   * @param result of which it is one
   * @param records the texts that were judged
   * @return nothing for a finding about all of them
   */
  public static Optional<Place> of(Finding finding, LintResult result, List<String> records) {
    var record = RECORD.matcher(finding.path());
    if (record.matches()) {
      int at = Integer.parseInt(record.group(1));
      return at < records.size()
          ? Optional.of(inRecord(at, record.group(2), records.get(at)))
          : Optional.empty();
    }
    int taken = result.record() == null ? -1 : records.indexOf(result.record());
    if (taken < 0) {
      return Optional.empty();
    }
    var destinations = destinations(taken, records.get(taken));
    var destination = DESTINATION.matcher(finding.path());
    if (destination.matches()) {
      int at = Integer.parseInt(destination.group(1));
      return at < destinations.size() ? Optional.of(destinations.get(at)) : Optional.empty();
    }
    return finding.path().equals("rua") && !destinations.isEmpty()
        ? Optional.of(new Place(taken, destinations.getFirst().from(), destinations.getLast().to()))
        : Optional.empty();
  }

  private static Place inRecord(int record, @Nullable String at, String text) {
    if (at == null) {
      return new Place(record, 0, text.length());
    }
    int from = Math.min(Integer.parseInt(at), text.length());
    return new Place(record, from, endOfWord(text, from));
  }

  /** The end of the word that begins here, or of the blanks, or of one separator. */
  private static int endOfWord(String text, int from) {
    if (from < text.length() && isSeparator(text.charAt(from))) {
      return from + 1;
    }
    boolean blank = from < text.length() && RecordParser.isBlank(text.charAt(from));
    int to = from;
    while (to < text.length()
        && !isSeparator(text.charAt(to))
        && RecordParser.isBlank(text.charAt(to)) == blank) {
      to++;
    }
    return to;
  }

  private static boolean isSeparator(char c) {
    return c == ';' || c == ',';
  }

  /** Walks over fields and commas as {@link RecordParser} does, which numbers them. */
  private static List<Place> destinations(int record, String text) {
    var places = new ArrayList<Place>();
    int start = TlsRptRecord.PREFIX.length();
    while (start <= text.length()) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      var field = trimmed(record, text, start, end);
      if (text.startsWith(RUA, field.from()) && field.from() + RUA.length() <= field.to()) {
        addAll(places, record, text, field.from() + RUA.length(), field.to());
      }
      start = end + 1;
    }
    return places;
  }

  private static void addAll(List<Place> places, int record, String text, int from, int to) {
    int start = from;
    while (start <= to) {
      int comma = text.indexOf(',', start, to);
      int end = comma < 0 ? to : comma;
      var destination = trimmed(record, text, start, end);
      if (destination.from() < destination.to()) {
        places.add(destination);
      }
      start = end + 1;
    }
  }

  private static Place trimmed(int record, String text, int start, int end) {
    int from = start;
    while (from < end && RecordParser.isBlank(text.charAt(from))) {
      from++;
    }
    int to = end;
    while (to > from && RecordParser.isBlank(text.charAt(to - 1))) {
      to--;
    }
    return new Place(record, from, to);
  }
}
