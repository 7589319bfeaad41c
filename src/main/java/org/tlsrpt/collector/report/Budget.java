package org.tlsrpt.collector.report;

/** What one document has cost so far; ends the reading where a limit is passed. */
final class Budget {

  /** Lines of policies and MX hosts, of all policies together: real reports have a dozen. */
  static final int MOST_LINES = 200_000;

  private final ReportReader.Limits limits;
  private int policies;
  private int failureDetails;
  private int lines;

  Budget(ReportReader.Limits limits) {
    this.limits = limits;
  }

  /** One more element of {@code policies}. */
  void policy() {
    policies++;
    check(policies, limits.policies(), "policies");
  }

  /** One more element of {@code failure-details}. */
  void failureDetail() {
    failureDetails++;
    check(failureDetails, limits.failureDetails(), "failure-details");
  }

  /** One more line of a policy or MX host. */
  void line() {
    lines++;
    check(lines, MOST_LINES, "lines of policies and MX hosts");
  }

  private static void check(int count, int most, String what) {
    if (count > most) {
      throw new Stop(new Reading.TooLarge("The report has more than " + most + " " + what + "."));
    }
  }
}
