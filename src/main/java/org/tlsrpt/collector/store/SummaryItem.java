package org.tlsrpt.collector.store;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum over one group. Within it each session counts once, see {@code docs/counting.md}; two
 * groups by policy type, mode or anything of failures may share sessions.
 *
 * @param keys what the group has in common, in the order asked for; {@code null} where senders
 *     named none
 * @param successful sessions, 0 to 2^63-1; a sum beyond stays there; 0 if grouped by something of
 *     failures
 * @param failed likewise; sessions of failure details if grouped by something of failures
 * @param reports that have a part in it, each once
 */
public record SummaryItem(List<@Nullable String> keys, long successful, long failed, long reports) {

  /** Wraps the list, which may hold {@code null}. */
  public SummaryItem {
    keys = Collections.unmodifiableList(keys);
  }
}
