package org.tlsrpt.collector.store;

import java.util.List;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;

/**
 * Sessions of one report and one policy domain, each counted once.
 *
 * <p>Microsoft reports the same sessions under {@code sts} and again under {@code tlsa}: of these
 * two the one with more sessions counts, a tie goes to {@code sts}. Google writes one entry per
 * version of a policy seen in a day, and {@code no-policy-found} beside them: those are different
 * sessions and add up.
 *
 * @param successful 0 to 2^63-1; a sum beyond stays there
 * @param failed likewise
 */
record Sessions(long successful, long failed) {

  /** The same rule in SQL, over what {@link #counts} names. */
  private static final String CHOICE =
      """
      other_%1$s + case when tlsa_successful + tlsa_failed > sts_successful + sts_failed
        then tlsa_%1$s else sts_%1$s end""";

  /** Successful sessions of a group, each once; SQL over {@link #counts}. */
  static final String SUCCESSFUL = CHOICE.formatted("successful");

  /** Failed sessions of a group, each once; SQL over {@link #counts}. */
  static final String FAILED = CHOICE.formatted("failed");

  private static final Sessions NONE = new Sessions(0, 0);

  /**
   * What the rule chooses from, in SQL: sums over the policies {@code p} of a group.
   *
   * @param successful an expression of ours for the counts to sum up
   * @param failed likewise
   */
  static String counts(String successful, String failed) {
    return """
    coalesce(sum(%1$s) filter (where p.type = 'sts'), 0) as sts_successful,
    coalesce(sum(%2$s) filter (where p.type = 'sts'), 0) as sts_failed,
    coalesce(sum(%1$s) filter (where p.type = 'tlsa'), 0) as tlsa_successful,
    coalesce(sum(%2$s) filter (where p.type = 'tlsa'), 0) as tlsa_failed,
    coalesce(sum(%1$s) filter (where p.type not in ('sts', 'tlsa')), 0) as other_successful,
    coalesce(sum(%2$s) filter (where p.type not in ('sts', 'tlsa')), 0) as other_failed"""
        .formatted(successful, failed);
  }

  /** The sessions of policies that all are about the same domain. */
  static Sessions of(List<PolicyResult> policies) {
    var tally = new Tally();
    for (var policy : policies) {
      tally.add(policy.policy().type(), policy.summary().successful(), policy.summary().failed());
    }
    return tally.sessions();
  }

  /** Counts of policies that all are about the same domain, as they come. */
  static final class Tally {

    private Sessions sts = NONE;
    private Sessions tlsa = NONE;
    private Sessions others = NONE;

    void add(String policyType, long successful, long failed) {
      var more = new Sessions(successful, failed);
      switch (policyType) {
        case "sts" -> sts = sts.plus(more);
        case "tlsa" -> tlsa = tlsa.plus(more);
        default -> others = others.plus(more);
      }
    }

    Sessions sessions() {
      return others.plus(tlsa.all() > sts.all() ? tlsa : sts);
    }
  }

  private long all() {
    return sum(successful, failed);
  }

  Sessions plus(Sessions more) {
    return new Sessions(sum(successful, more.successful), sum(failed, more.failed));
  }

  /** Saturates: two counts of a hostile report must not wrap round to a negative sum. */
  private static long sum(long a, long b) {
    var sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
