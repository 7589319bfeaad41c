package org.tlsrpt.collector.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.Dimension;
import org.tlsrpt.collector.store.Summary;
import org.tlsrpt.collector.store.SummaryItem;

/**
 * Sums by group.
 *
 * @param items as {@link Summary} orders them
 * @param truncated whether there are more groups than asked for
 */
record SummaryAnswer(List<? extends Group> items, boolean truncated) {

  /** A group by one thing has a {@code key}, one by two has {@code keys}. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  sealed interface Group {}

  /** How sessions ended, by one thing. */
  record Sessions(@Nullable String key, long successful, long failed, long reports)
      implements Group {}

  /** How sessions ended, by two. */
  record SessionsByTwo(List<@Nullable String> keys, long successful, long failed, long reports)
      implements Group {}

  /** Sessions of failure details, by one thing. */
  record Failures(@Nullable String key, long sessions, long reports) implements Group {}

  /** Sessions of failure details, by two. */
  record FailuresByTwo(List<@Nullable String> keys, long sessions, long reports) implements Group {}

  static SummaryAnswer of(Summary summary, List<Dimension> by) {
    return new SummaryAnswer(
        summary.items().stream().map(item -> group(item, by)).toList(), summary.truncated());
  }

  /** One group alone. */
  static Group group(SummaryItem item, List<Dimension> by) {
    return by.stream().anyMatch(Dimension::isOfFailures) ? failures(item) : sessions(item);
  }

  private static Group sessions(SummaryItem item) {
    return item.keys().size() == 1
        ? new Sessions(item.keys().getFirst(), item.successful(), item.failed(), item.reports())
        : new SessionsByTwo(item.keys(), item.successful(), item.failed(), item.reports());
  }

  private static Group failures(SummaryItem item) {
    return item.keys().size() == 1
        ? new Failures(item.keys().getFirst(), item.failed(), item.reports())
        : new FailuresByTwo(item.keys(), item.failed(), item.reports());
  }
}
