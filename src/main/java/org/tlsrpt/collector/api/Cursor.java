package org.tlsrpt.collector.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.QuarantineEntry;
import org.tlsrpt.collector.store.DomainItem;
import org.tlsrpt.collector.store.Position;
import org.tlsrpt.collector.store.ReportFilter;

/**
 * The end of a page as clients carry it to the next call: opaque text, bound to the list and its
 * filter, so that one made up, cut, or of another query is refused instead of answered with a wrong
 * page. Bound by a checksum without a secret, which several instances would have to share: a
 * position grants nothing. The filter it is used with holds the reach of who uses it.
 */
final class Cursor {

  private static final char SEPARATOR = ' ';
  private static final int CHECK_BYTES = 6;
  private static final String NO_FILTER = "";

  private Cursor() {}

  static String of(Position position, ReportFilter filter) {
    return seal(text(position), position.getClass(), filter);
  }

  static String of(DomainItem.Position position, ReportFilter filter) {
    return seal(position.domain(), position.getClass(), filter);
  }

  static String of(QuarantineEntry.Position position) {
    return seal(join(position.receivedAt(), position.id()), position.getClass(), NO_FILTER);
  }

  private static String seal(String text, Class<?> list, Object filter) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (check(text, list, filter) + SEPARATOR + text).getBytes(StandardCharsets.UTF_8));
  }

  static Position.OfReport ofReport(String cursor, ReportFilter filter) {
    var fields = fields(cursor, Position.OfReport.class, filter, 3);
    try {
      return new Position.OfReport(day(fields[0]), fields[2], UUID.fromString(fields[1]));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  static Position.OfFailure ofFailure(String cursor, ReportFilter filter) {
    var fields = fields(cursor, Position.OfFailure.class, filter, 5);
    try {
      return new Position.OfFailure(
          day(fields[0]),
          fields[4],
          UUID.fromString(fields[1]),
          Integer.parseInt(fields[2]),
          Integer.parseInt(fields[3]));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  static DomainItem.Position ofDomain(String cursor, ReportFilter filter) {
    return new DomainItem.Position(fields(cursor, DomainItem.Position.class, filter, 1)[0]);
  }

  static QuarantineEntry.Position ofQuarantine(String cursor) {
    var fields = fields(cursor, QuarantineEntry.Position.class, NO_FILTER, 2);
    try {
      return new QuarantineEntry.Position(Instant.parse(fields[0]), UUID.fromString(fields[1]));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  /** A day that a row can have: the database takes no others. */
  private static LocalDate day(String text) {
    var day = LocalDate.parse(text);
    if (day.getYear() < 1970 || day.getYear() > 9999) {
      throw new DateTimeException("no row has this day");
    }
    return day;
  }

  /** The domain stands last: it is sender's text and may hold anything. */
  private static String text(Position position) {
    return switch (position) {
      case Position.OfReport r -> join(r.day(), r.id(), r.domain());
      case Position.OfFailure f -> join(f.day(), f.id(), f.n(), f.m(), f.domain());
    };
  }

  private static String join(Object... fields) {
    var text = new StringBuilder();
    for (var field : fields) {
      if (!text.isEmpty()) {
        text.append(SEPARATOR);
      }
      text.append(field);
    }
    return text.toString();
  }

  private static String[] fields(String cursor, Class<?> list, Object filter, int count) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
    var end = text.indexOf(SEPARATOR);
    var rest = text.substring(end + 1);
    if (end < 0
        || text.indexOf('\0') >= 0
        || !text.substring(0, end).equals(check(rest, list, filter))) {
      throw refused(null);
    }
    return rest.split(String.valueOf(SEPARATOR), count);
  }

  private static String check(String text, Class<?> list, Object filter) {
    var digest = sha256();
    for (var part : List.of(list.getSimpleName(), filter.toString(), text)) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, CHECK_BYTES);
  }

  private static ApiProblem refused(@Nullable Throwable cause) {
    var problem =
        ApiProblem.parameter("cursor", "is not one of this list and filter; begin without it.");
    if (cause != null) {
      problem.addSuppressed(cause);
    }
    return problem;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
