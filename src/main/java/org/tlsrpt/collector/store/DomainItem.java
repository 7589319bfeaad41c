package org.tlsrpt.collector.store;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A policy domain that reports are about, and how its sessions went of late.
 *
 * @param domain policy domain
 * @param firstSeen UTC day of the oldest report's window; {@code null} if no report has one that is
 *     not still to come
 * @param lastReport UTC day of the newest report's window; likewise
 * @param reporters organizations, by their names as written, of the last 30 days
 * @param successful sessions of the last 30 days, each counted once
 * @param failed sessions of the last 30 days, each counted once
 */
public record DomainItem(
    String domain,
    @Nullable LocalDate firstSeen,
    @Nullable LocalDate lastReport,
    long reporters,
    long successful,
    long failed) {

  /**
   * A place in the list of domains.
   *
   * @param domain policy domain
   */
  public record Position(String domain) {}

  DomainItem withReporters(long some) {
    return new DomainItem(domain, firstSeen, lastReport, some, successful, failed);
  }
}
