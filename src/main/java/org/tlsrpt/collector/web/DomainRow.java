package org.tlsrpt.collector.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain in a table.
 *
 * @param policies that senders saw in the last seven days, as {@code sts enforce} or {@code tlsa}
 * @param successful sessions of the last 30 days
 * @param failed sessions of the last 30 days
 */
record DomainRow(
    String domain,
    DomainState state,
    List<String> policies,
    long successful,
    long failed,
    @Nullable LocalDate lastReport) {

  public long sessions() {
    return Trend.sum(successful, failed);
  }
}
