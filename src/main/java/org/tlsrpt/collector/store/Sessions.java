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

  private static final Sessions NONE = new Sessions(0, 0);

  /** The sessions of policies that all are about the same domain. */
  static Sessions of(List<PolicyResult> policies) {
    var sts = NONE;
    var tlsa = NONE;
    var others = NONE;
    for (var policy : policies) {
      switch (policy.policy().type()) {
        case "sts" -> sts = sts.plus(policy);
        case "tlsa" -> tlsa = tlsa.plus(policy);
        default -> others = others.plus(policy);
      }
    }
    return others.plus(tlsa.all() > sts.all() ? tlsa : sts);
  }

  private long all() {
    return sum(successful, failed);
  }

  private Sessions plus(PolicyResult policy) {
    return plus(new Sessions(policy.summary().successful(), policy.summary().failed()));
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
