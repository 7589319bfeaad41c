package org.tlsrpt.collector.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, newest first.
 *
 * @param items at most as many as asked for
 * @param last where this part ends, to ask for what follows; {@code null} if nothing does
 */
public record Page<T, P>(List<T> items, @Nullable P last) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }
}
