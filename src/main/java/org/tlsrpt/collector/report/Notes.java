package org.tlsrpt.collector.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Member.Scope;

/**
 * What was put right in one document. At most {@value #MOST} are listed, with a place kept for the
 * first of every kind, so that a thousand bad addresses do not hide a missing domain.
 */
final class Notes {

  static final int MOST = 200;
  private static final int LONGEST_EXCERPT = 60;

  private final List<Note> listed = new ArrayList<>();
  private final Set<Deviation> seen = EnumSet.noneOf(Deviation.class);
  private long unlisted;
  private int policy;
  private int detail;

  /** From now on notes are about this element of {@code policies}. */
  void policy(int index) {
    policy = index;
  }

  /** From now on notes are about this element of {@code failure-details}. */
  void detail(int index) {
    detail = index;
  }

  /** Notes something about the whole document. */
  void document(Deviation deviation) {
    if (hasPlaceFor(deviation)) {
      listed.add(deviation.note("", null));
    }
  }

  /** Notes something about the object at hand. */
  void object(Scope scope, Deviation deviation) {
    if (hasPlaceFor(deviation)) {
      listed.add(deviation.note(path(scope), null));
    }
  }

  /** Notes something about a member of the object at hand. */
  void member(Member member, Deviation deviation) {
    member(member, deviation, null);
  }

  /** Notes something about a member, with what was found there. */
  void member(Member member, Deviation deviation, @Nullable String found) {
    if (hasPlaceFor(deviation)) {
      var path = path(member.scope());
      var whole = path.isEmpty() ? member.text() : path + "." + member.text();
      listed.add(deviation.note(whole, found == null ? null : excerpt(found)));
    }
  }

  /** All notes; the last one counts those that found no place. */
  List<Note> list() {
    if (unlisted > 0) {
      var code = Deviation.MORE_NOTES.code();
      listed.add(new Note(code, "", unlisted + " more deviations are not listed."));
      unlisted = 0;
    }
    return List.copyOf(listed);
  }

  private boolean hasPlaceFor(Deviation deviation) {
    boolean first = seen.add(deviation);
    int kept = Deviation.values().length - seen.size();
    if (first || listed.size() < MOST - 1 - kept) {
      return true;
    }
    unlisted++;
    return false;
  }

  private String path(Scope scope) {
    var result = "policies[" + policy + "]";
    return switch (scope) {
      case REPORT -> "";
      case DATE_RANGE -> Member.DATE_RANGE.text();
      case RESULT -> result;
      case POLICY -> result + "." + Member.POLICY.text();
      case SUMMARY -> result + "." + Member.SUMMARY.text();
      case DETAIL -> result + "." + Member.FAILURE_DETAILS.text() + "[" + detail + "]";
    };
  }

  /** A piece of the sender's text that can be shown: no controls, no directions, not long. */
  private static String excerpt(String text) {
    var shown = new StringBuilder();
    int end = Math.min(text.length(), LONGEST_EXCERPT);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      shown.append(isShowable(c) ? c : '\uFFFD');
    }
    return end < text.length() ? shown.append('…').toString() : shown.toString();
  }

  private static boolean isShowable(char c) {
    return !Character.isISOControl(c)
        && !Character.isSurrogate(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.LINE_SEPARATOR
        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
  }
}
