package org.tlsrpt.collector.store;

/**
 * How much was deleted.
 *
 * @param reports rows of reports, one per report and policy domain
 * @param policies rows of policies
 * @param failures rows of failure details
 * @param documents raw documents, with their row or without it
 */
public record Removed(long reports, long policies, long failures, long documents) {

  /** Nothing yet. */
  static final Removed NOTHING = new Removed(0, 0, 0, 0);

  Removed plus(Removed more) {
    return new Removed(
        reports + more.reports,
        policies + more.policies,
        failures + more.failures,
        documents + more.documents);
  }
}
