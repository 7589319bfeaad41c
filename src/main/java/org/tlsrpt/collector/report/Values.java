package org.tlsrpt.collector.report;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of one document, each free of what a database or a page could trip over, and bounded. */
final class Values {

  /** Longest word kept of a type: these end up in keys and labels. */
  private static final int LONGEST_WORD = 255;

  private final Tokens tokens;
  private final Notes notes;
  private final int longest;

  Values(Tokens tokens, Notes notes, int longest) {
    this.tokens = tokens;
    this.notes = notes;
    this.longest = longest;
  }

  /** The text at hand; {@code null} for nothing, {@code null} and blanks. */
  @Nullable String text(Member member) {
    var text = tokens.text();
    if (text == null) {
      return null;
    }
    if (!tokens.isString()) {
      notes.member(member, Deviation.TEXT_NOT_STRING, text);
    }
    return clean(member, text);
  }

  /** A text of an open vocabulary, lower case. */
  @Nullable String word(Member member) {
    var text = text(member);
    if (text == null) {
      return null;
    }
    // Lower case first: İ becomes two characters by it.
    var word = text.strip().toLowerCase(Locale.ROOT);
    return bounded(member, word, LONGEST_WORD);
  }

  /** A domain as RFC 8460 §4.4 asks for it. */
  @Nullable String domain(Member member) {
    var text = text(member);
    return text == null ? null : domain(member, text);
  }

  /** A host name or pattern, as far as possible in the form of {@link #domain}. */
  @Nullable String host(Member member) {
    var text = text(member);
    return text == null ? null : host(member, text);
  }

  /** The same for a text already read. */
  String host(Member member, String text) {
    if (text.length() > Domains.LONGEST) {
      notes.member(member, Deviation.TEXT_CUT);
    }
    return Domains.host(text);
  }

  /** An IP address in canonical form; {@code null} if it is none. */
  @Nullable String address(Member member) {
    var text = text(member);
    if (text == null) {
      return null;
    }
    var address = Addresses.canonical(text);
    if (address != null) {
      if (text.indexOf(':') >= 0 && address.indexOf(':') < 0) {
        notes.member(member, Deviation.IP_FORM, text);
      }
      return address;
    }
    var bare = Addresses.canonical(Addresses.bare(text.strip()));
    notes.member(member, bare == null ? Deviation.IP_INVALID : Deviation.IP_FORM, text);
    return bare;
  }

  /** The lines of the text at hand, one by one; blank ones are left out. */
  Stream<String> lines(Member member) {
    var text = tokens.text();
    return text == null
        ? Stream.empty()
        : text.lines().map(line -> clean(member, line)).flatMap(Stream::ofNullable);
  }

  /** A session count; {@code null} if there is none. */
  @Nullable Long count(Member member) {
    var text = tokens.text();
    if (text == null || (tokens.isString() && text.isBlank())) {
      return null;
    }
    var count = tokens.isNumber() ? Counts.ofNumber(text) : Counts.ofString(text);
    if (count.deviation() != null) {
      notes.member(member, count.deviation(), text);
    }
    return count.value();
  }

  /** One end of the window; {@code null} if there is none. */
  @Nullable Instant date(Member member, Dates.End end) {
    var text = tokens.text();
    if (text == null || text.isEmpty()) {
      return null;
    }
    return Dates.read(text, end, deviation -> notes.member(member, deviation, text));
  }

  /** The text without what may not be stored; {@code null} if nothing is left. */
  @Nullable String clean(Member member, String text) {
    if (Cleaning.isClean(text)) {
      return text.isBlank() ? null : bounded(member, text, longest);
    }
    var cleaning = Cleaning.of(text);
    if (cleaning.controls()) {
      notes.member(member, Deviation.CONTROL_CHARACTER);
    }
    if (cleaning.surrogates()) {
      notes.member(member, Deviation.LONE_SURROGATE);
    }
    var clean = cleaning.text();
    return clean.isBlank() ? null : bounded(member, clean, longest);
  }

  private @Nullable String domain(Member member, String text) {
    var name = Domains.name(text);
    if (name.deviation() != null) {
      notes.member(member, name.deviation(), text);
    }
    return name.text().isEmpty() ? null : name.text();
  }

  private String bounded(Member member, String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    notes.member(member, Deviation.TEXT_CUT);
    return Cleaning.cut(text, most);
  }
}
