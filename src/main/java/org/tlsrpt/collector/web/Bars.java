package org.tlsrpt.collector.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.FailureGroup;
import org.tlsrpt.collector.store.SummaryItem;

/**
 * A breakdown: what there is most of, with a bar each.
 *
 * @param bars most first
 * @param more whether there are others
 */
record Bars(List<Bar> bars, boolean more) {

  /** So many are shown. */
  static final int MOST = 6;

  /**
   * One of them.
   *
   * @param name null where senders gave none
   * @param sessions that failed
   * @param width of the bar, 0 to 100
   */
  record Bar(@Nullable String name, long sessions, long width) {}

  static Bars ofSummary(List<SummaryItem> items) {
    return of(
        items.stream()
            .filter(item -> item.failed() > 0)
            .map(item -> new Bar(item.keys().getFirst(), item.failed(), 0))
            .toList());
  }

  static Bars ofGroups(List<FailureGroup> groups) {
    return of(
        groups.stream()
            .filter(group -> group.sessions() > 0)
            .map(group -> new Bar(group.keys().getFirst(), group.sessions(), 0))
            .toList());
  }

  private static Bars of(List<Bar> all) {
    var longest = Math.max(1, all.stream().mapToLong(Bar::sessions).max().orElse(1));
    return new Bars(
        all.stream()
            .limit(MOST)
            .map(
                bar ->
                    new Bar(
                        bar.name(),
                        bar.sessions(),
                        Math.max(1, Math.round(100.0 * bar.sessions() / longest))))
            .toList(),
        all.size() > MOST);
  }
}
