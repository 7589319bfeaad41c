package org.tlsrpt.collector.report;

import org.jspecify.annotations.Nullable;

/**
 * Session counts: integers from 0 to 2^53-1, the largest that I-JSON is sure of (RFC 7493 §2.2).
 */
final class Counts {

  static final long LARGEST = (1L << 53) - 1;

  /** So many digits are always below the largest count. */
  private static final int SAFE_DIGITS = 15;

  private static final int LONGEST = 64;

  private Counts() {}

  /**
   * A count.
   *
   * @param value 0 to 2^53-1
   * @param deviation what had to be put right, if anything
   */
  record Count(long value, @Nullable Deviation deviation) {}

  /** Reads the text of a JSON number. */
  static Count ofNumber(String text) {
    return isDigits(text) ? ofDigits(text, null) : ofDouble(text);
  }

  /** Reads a number that the sender put into a string. */
  static Count ofString(String text) {
    var stripped = text.strip();
    return isDigits(stripped)
        ? ofDigits(stripped, Deviation.COUNT_NOT_INTEGER)
        : new Count(0, Deviation.COUNT_INVALID);
  }

  private static Count ofDigits(String digits, @Nullable Deviation deviation) {
    if (digits.length() <= SAFE_DIGITS) {
      return new Count(Long.parseLong(digits), deviation);
    }
    double value = Double.parseDouble(digits);
    return value > LARGEST
        ? new Count(LARGEST, Deviation.COUNT_TOO_LARGE)
        : new Count(Long.parseLong(digits), deviation);
  }

  private static Count ofDouble(String text) {
    double value = text.length() > LONGEST ? Double.NaN : Double.parseDouble(text);
    if (!(value >= 0) || Double.isInfinite(value) || value != Math.rint(value)) {
      return new Count(0, Deviation.COUNT_INVALID);
    }
    return value > LARGEST
        ? new Count(LARGEST, Deviation.COUNT_TOO_LARGE)
        : new Count((long) value, Deviation.COUNT_NOT_INTEGER);
  }

  private static boolean isDigits(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
