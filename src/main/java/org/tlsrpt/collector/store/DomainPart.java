package org.tlsrpt.collector.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;

/**
 * The part of a report that is about one policy domain: one row of {@code report}.
 *
 * @param report the whole report
 * @param domain first column of every key
 * @param day UTC day of the window's start
 * @param policies those about this domain, each with its place in the report
 * @param carriesDocument whether this row keeps the document; one per report does
 * @param notes what was put right in this part of the report, and in all of it
 * @param longestText characters that a text about the whole report may have in this row
 * @param identity of the report, the same for all its parts
 * @param domains how many such parts the report has, at least 1
 */
record DomainPart(
    NewReport report,
    String domain,
    LocalDate day,
    List<NumberedPolicy> policies,
    boolean carriesDocument,
    List<Note> notes,
    int longestText,
    long identity,
    int domains) {

  /**
   * Rows that carry notes and texts about the whole report in full; of more of them only the first
   * does. A hundred kilobytes can name ten thousand domains and deserve two hundred notes.
   */
  private static final int MOST_IN_FULL = 100;

  private static final int LONGEST_OTHERWISE = 255;

  private static final Pattern PLACE =
      Pattern.compile("policies\\[([0-9]{1,9})].*", Pattern.DOTALL);

  /** The place of notes that are about no policy. */
  private static final int ALL = -1;

  private static final LocalDate NO_DAY = LocalDate.EPOCH;
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /** An element of {@code policies} and its place in the document. */
  record NumberedPolicy(int n, PolicyResult result) {}

  /** The rows of a report, by domain; at least one, also for a report without any policy. */
  static List<DomainPart> of(NewReport report) {
    var byDomain = new TreeMap<String, List<NumberedPolicy>>();
    var n = 0;
    for (var result : report.report().policies()) {
      byDomain
          .computeIfAbsent(result.policy().domain(), domain -> new ArrayList<>())
          .add(new NumberedPolicy(n++, result));
    }
    if (byDomain.isEmpty()) {
      byDomain.put(domainOfEmpty(report), List.of());
    }
    var day = dayOf(report.report().dateRange().start());
    var notes = notesByPlace(report.notes());
    var general = notes.getOrDefault(ALL, List.of());
    var identity = Identity.of(report.report());
    var parts = new ArrayList<DomainPart>(byDomain.size());
    byDomain.forEach(
        (domain, policies) -> {
          var first = parts.isEmpty();
          var about = new ArrayList<Note>();
          var inFull = first || byDomain.size() <= MOST_IN_FULL;
          if (inFull) {
            about.addAll(general);
          }
          policies.forEach(policy -> about.addAll(notes.getOrDefault(policy.n(), List.of())));
          parts.add(
              new DomainPart(
                  report,
                  domain,
                  day,
                  policies,
                  first,
                  List.copyOf(about),
                  inFull ? Integer.MAX_VALUE : LONGEST_OTHERWISE,
                  identity,
                  byDomain.size()));
        });
    return parts;
  }

  private static Map<Integer, List<Note>> notesByPlace(List<Note> notes) {
    var byPlace = new HashMap<Integer, List<Note>>();
    for (var note : notes) {
      var place = PLACE.matcher(note.path());
      var n = place.matches() ? Integer.parseInt(place.group(1)) : ALL;
      byPlace.computeIfAbsent(n, key -> new ArrayList<>()).add(note);
    }
    return byPlace;
  }

  private static String domainOfEmpty(NewReport report) {
    var recipient = report.recipientDomain();
    return recipient == null ? "unknown" : recipient;
  }

  /**
   * Taken from the report alone, never from its arrival: the same bytes must meet the same key
   * tomorrow.
   */
  private static LocalDate dayOf(@Nullable Instant start) {
    if (start == null) {
      return NO_DAY;
    }
    var day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    if (day.isBefore(NO_DAY)) {
      return NO_DAY;
    }
    return day.isAfter(LAST_DAY) ? LAST_DAY : day;
  }

  /** A text about the whole report, as long as it may be in this row. */
  @Nullable String text(@Nullable String text) {
    return text == null || text.length() <= longestText
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longestText / 2));
  }

  Sessions sessions() {
    return Sessions.of(policies.stream().map(NumberedPolicy::result).toList());
  }

  /** Sessions that failed, by result type; each counted once in its type. */
  Map<String, Long> failedSessions() {
    var tallies = new TreeMap<String, Sessions.Tally>();
    for (var policy : policies) {
      for (var failure : policy.result().failureDetails()) {
        tallies
            .computeIfAbsent(failure.resultType(), type -> new Sessions.Tally())
            .add(policy.result().policy().type(), 0, failure.failedSessionCount());
      }
    }
    var failed = new TreeMap<String, Long>();
    tallies.forEach((type, tally) -> failed.put(type, tally.sessions().failed()));
    return failed;
  }

  int failureDetails() {
    return policies.stream().mapToInt(policy -> policy.result().failureDetails().size()).sum();
  }
}
