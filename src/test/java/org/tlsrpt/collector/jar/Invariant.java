package org.tlsrpt.collector.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a collector promises whatever happens to it: acknowledged reports are a part of the stored
 * ones, those are a part of the sent ones, and each is there once and whole.
 */
final class Invariant {

  private Invariant() {}

  /**
   * Fails if it is broken.
   *
   * @param sent whether answered or not
   * @param acknowledged of these, the ones whose senders were told that they are kept
   */
  static void check(Collection<Sent> sent, Collection<Sent> acknowledged, Stored stored) {
    assertThat(stored.rows()).as("stored once").doesNotHaveDuplicates();
    assertThat(stored.documents()).as("documents stored once").doesNotHaveDuplicates();
    assertThat(rows(acknowledged)).as("acknowledged and lost").isSubsetOf(stored.rows());
    assertThat(ids(acknowledged)).as("documents lost").isSubsetOf(stored.documents());
    assertThat(stored.rows()).as("stored otherwise than sent").isSubsetOf(rows(sent));
    assertThat(stored.documents()).as("documents that differ").isSubsetOf(ids(sent));
  }

  private static Collection<Sent.Row> rows(Collection<Sent> reports) {
    return reports.stream().map(Sent::rows).flatMap(List::stream).collect(Collectors.toSet());
  }

  private static Collection<UUID> ids(Collection<Sent> reports) {
    return reports.stream().map(Sent::id).collect(Collectors.toSet());
  }
}
