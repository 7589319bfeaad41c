package org.tlsrpt.collector.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts for those who watch what one job has deleted since the start. */
final class Tally {

  private final Counter reports;
  private final Counter policies;
  private final Counter failures;
  private final Counter documents;

  Tally(MeterRegistry meters, String name, String description) {
    var counters = Counter.builder(name).description(description).withRegistry(meters);
    this.reports = counters.withTag("what", "reports");
    this.policies = counters.withTag("what", "policies");
    this.failures = counters.withTag("what", "failures");
    this.documents = counters.withTag("what", "documents");
  }

  void add(Removed removed) {
    reports.increment((double) removed.reports());
    policies.increment((double) removed.policies());
    failures.increment((double) removed.failures());
    documents.increment((double) removed.documents());
  }
}
