package org.tlsrpt.collector.store;

/** What sums are grouped by. */
public enum Dimension {
  /** UTC day of the window's start. */
  DAY("r.day", Of.REPORT),
  /** Policy domain. */
  DOMAIN("r.domain", Of.REPORT),
  /** Who answers for the report, as written. */
  ORGANIZATION("r.organization_name", Of.REPORT),
  /** {@code sts}, {@code tlsa}, {@code no-policy-found} or what a sender wrote. */
  POLICY_TYPE("p.type", Of.POLICY),
  /** Mode of the sts policy; none for other policies. */
  MODE("p.mode", Of.POLICY),
  /** A registered result type or what a sender wrote. */
  RESULT_TYPE("f.result_type", Of.FAILURE),
  /** Name from the MX record. */
  MX("f.receiving_mx_hostname", Of.FAILURE),
  /** A code or any text, its first 200 characters. */
  REASON_CODE("left(f.failure_reason_code, 200)", Of.FAILURE);

  private final String expression;
  private final Of of;

  Dimension(String expression, Of of) {
    this.expression = expression;
    this.of = of;
  }

  /** What has such a value. */
  private enum Of {
    REPORT,
    POLICY,
    FAILURE
  }

  /** SQL over rows {@code r}, {@code p}, {@code f}; a constant. */
  String expression() {
    return expression;
  }

  /**
   * Whether sums by it count the sessions of failure details, which know nothing of sessions that
   * succeeded.
   *
   * @return true for result type, MX and reason code
   */
  public boolean isOfFailures() {
    return of == Of.FAILURE;
  }

  boolean isOfPolicies() {
    return of == Of.POLICY;
  }
}
