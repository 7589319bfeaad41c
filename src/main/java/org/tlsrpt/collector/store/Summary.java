package org.tlsrpt.collector.store;

import java.util.List;

/**
 * Sums by group.
 *
 * @param items the newest day first if grouped by day; then those with most failed sessions, with
 *     most successful ones, and by key
 * @param truncated whether there are more groups than asked for
 */
public record Summary(List<SummaryItem> items, boolean truncated) {

  /** Copies the list. */
  public Summary {
    items = List.copyOf(items);
  }
}
