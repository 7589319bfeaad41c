package org.tlsrpt.collector.store;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;

/** A place in a list, by the key of the row there. */
public sealed interface Position {

  /**
   * The day of the row; lists begin with the newest.
   *
   * @return UTC day of the window's start
   */
  LocalDate day();

  /**
   * The policy domain of the row.
   *
   * @return first column of the key
   */
  String domain();

  /**
   * A place in the list of reports.
   *
   * @param day UTC day of the window's start
   * @param domain policy domain
   * @param id the report
   */
  record OfReport(LocalDate day, String domain, UUID id) implements Position {

    /** Oldest first, as the database sorts. */
    static final Comparator<OfReport> ORDER =
        Comparator.comparing(OfReport::day)
            .thenComparing(OfReport::domain, KeyOrder.TEXT)
            .thenComparing(OfReport::id, KeyOrder.UUIDS);
  }

  /**
   * A place in the list of failures.
   *
   * @param day UTC day of the window's start
   * @param domain policy domain
   * @param id the report
   * @param n place of the policy in the report
   * @param m place of the failure under its policy
   */
  record OfFailure(LocalDate day, String domain, UUID id, int n, int m) implements Position {

    /** Oldest first. */
    static final Comparator<OfFailure> ORDER =
        Comparator.comparing(OfFailure::day)
            .thenComparing(OfFailure::domain, KeyOrder.TEXT)
            .thenComparing(OfFailure::id, KeyOrder.UUIDS)
            .thenComparingInt(OfFailure::n)
            .thenComparingInt(OfFailure::m);
  }
}
