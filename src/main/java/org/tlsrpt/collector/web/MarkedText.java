package org.tlsrpt.collector.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.Excerpt;
import org.tlsrpt.collector.dnsrecord.Finding;
import org.tlsrpt.collector.dnsrecord.LintResult;
import org.tlsrpt.collector.dnsrecord.Place;
import org.tlsrpt.collector.dnsrecord.Severity;

/** One line with what its findings point to set off; where two overlap, the shorter one shows. */
final class MarkedText {

  private final String text;
  private final @Nullable Severity[] marks;
  private final List<Piece> pieces = new ArrayList<>();

  private MarkedText(String text) {
    this.text = text;
    this.marks = new Severity[text.length() + 1];
  }

  /**
   * A stretch of a line.
   *
   * @param text of it; a code point's number if it is not visible; empty where something is missing
   * @param mark {@code error}, {@code warning} or {@code info}; null if nothing points to it
   * @param visible whether the text stands for itself
   */
  record Piece(String text, @Nullable String mark, boolean visible) {}

  /**
   * A line.
   *
   * @param number in the text, counted from 1
   */
  record Line(int number, List<Piece> pieces) {}

  /** The lines of a text; without marks where no finding points to one. */
  static List<Line> of(Pasted pasted, LintResult result) {
    var places = new ArrayList<Mark>();
    for (var finding : result.findings()) {
      Place.of(finding, result, pasted.records())
          .ifPresent(place -> places.add(new Mark(place, finding)));
    }
    places.sort(
        Comparator.comparingInt(Mark::length)
            .reversed()
            .thenComparing(Mark::severity, Comparator.reverseOrder()));
    var lines = new ArrayList<Line>();
    for (int at = 0; at < pasted.records().size(); at++) {
      int record = at;
      var marked = new MarkedText(pasted.records().get(at));
      places.stream().filter(mark -> mark.place().record() == record).forEach(marked::mark);
      lines.add(new Line(pasted.lines().get(at), marked.pieces()));
    }
    return lines;
  }

  private record Mark(Place place, Finding finding) {

    int length() {
      return place.to() - place.from();
    }

    Severity severity() {
      return finding.severity();
    }
  }

  /** A mark without a length stands on the character after it, or on the end. */
  private void mark(Mark mark) {
    int from = mark.place().from();
    Arrays.fill(marks, from, Math.max(mark.place().to(), from + 1), mark.severity());
  }

  private List<Piece> pieces() {
    int from = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int codePoint = text.codePointAt(at);
      boolean visible = Excerpt.isVisible(codePoint);
      if (!visible || !Objects.equals(marks[at], marks[from])) {
        add(from, at);
        from = at;
      }
      if (!visible) {
        pieces.add(new Piece(Excerpt.number(codePoint), name(marks[at]), false));
        from = at + Character.charCount(codePoint);
      }
    }
    add(from, text.length());
    if (marks[text.length()] != null) {
      pieces.add(new Piece("", name(marks[text.length()]), true));
    }
    return List.copyOf(pieces);
  }

  private void add(int from, int to) {
    if (from < to) {
      pieces.add(new Piece(text.substring(from, to), name(marks[from]), true));
    }
  }

  private static @Nullable String name(@Nullable Severity severity) {
    return severity == null ? null : severity.name().toLowerCase(Locale.ROOT);
  }
}
