package org.tlsrpt.collector.report;

import static org.tlsrpt.collector.report.Member.FAILURE_DETAILS;
import static org.tlsrpt.collector.report.Member.POLICIES;
import static org.tlsrpt.collector.report.Member.POLICY;
import static org.tlsrpt.collector.report.Member.SUMMARY;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Member.Scope;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.Summary;

/** Reads {@code policies} (RFC 8460 §4.4). */
final class PolicyResults {

  /** Above what 200,000 details can hold together; keeps the sum from overflowing. */
  private static final long LARGEST_SUM = Long.MAX_VALUE / 2;

  private final Tokens tokens;
  private final Values values;
  private final Notes notes;
  private final Budget budget;
  private final PolicyMembers policy;
  private final FailureDetails details;

  private boolean hasPolicy;
  private @Nullable Long successful;
  private @Nullable Long failed;
  private List<FailureDetail> failureDetails = List.of();

  PolicyResults(Tokens tokens, Values values, Notes notes, Budget budget, JsonText jsonText) {
    this.tokens = tokens;
    this.values = values;
    this.notes = notes;
    this.budget = budget;
    this.policy = new PolicyMembers(tokens, values, notes, budget, jsonText);
    this.details = new FailureDetails(tokens, values, notes, budget);
  }

  /** Reads the value of {@code policies}. */
  List<PolicyDraft> read() {
    var drafts = new ArrayList<PolicyDraft>();
    tokens.elements(
        POLICIES,
        Deviation.POLICIES_NOT_ARRAY,
        index -> {
          notes.policy(index);
          budget.policy();
          if (tokens.isObject()) {
            drafts.add(result(index));
          } else {
            notes.object(Scope.RESULT, Deviation.POLICY_RESULT_NOT_OBJECT);
            tokens.skip();
          }
        });
    return drafts;
  }

  private PolicyDraft result(int index) {
    forget();
    tokens.object(Scope.RESULT, this::member);
    if (!hasPolicy) {
      notes.member(POLICY, Deviation.POLICY_MISSING);
    }
    if (successful == null && failed == null) {
      notes.member(SUMMARY, Deviation.SUMMARY_MISSING);
    }
    // One counter alone is common: Google left out a zero in 2019.
    var summary = new Summary(zeroed(successful), zeroed(failed));
    compare(summary.failed());
    return new PolicyDraft(
        index,
        policy.type(),
        policy.strings(),
        policy.domain(),
        policy.mxHosts(),
        summary,
        failureDetails);
  }

  private void member(Member member) {
    switch (member) {
      case POLICY -> policy();
      case SUMMARY -> summary();
      case FAILURE_DETAILS -> failureDetails = details.read();
      default -> tokens.skip();
    }
  }

  private void policy() {
    policy.forget();
    hasPolicy = isObject(POLICY);
    if (hasPolicy) {
      policy.read();
    }
  }

  private void summary() {
    successful = null;
    failed = null;
    if (isObject(SUMMARY)) {
      tokens.object(Scope.SUMMARY, this::counter);
    }
  }

  private void counter(Member member) {
    switch (member) {
      case TOTAL_SUCCESSFUL -> successful = values.count(member);
      case TOTAL_FAILURE -> failed = values.count(member);
      default -> tokens.skip();
    }
  }

  private boolean isObject(Member member) {
    if (tokens.isObject()) {
      return true;
    }
    if (!tokens.isNothing()) {
      notes.member(member, Deviation.MEMBER_NOT_OBJECT);
    }
    tokens.skip();
    return false;
  }

  /** No rule makes the two equal (RFC 8460 §4); Mail.ru and Postfix show that they are not. */
  private void compare(long total) {
    if (failureDetails.isEmpty()) {
      if (total > 0) {
        notes.member(FAILURE_DETAILS, Deviation.FAILURE_DETAILS_MISSING);
      }
      return;
    }
    long sum = 0;
    for (var detail : failureDetails) {
      sum = Math.min(LARGEST_SUM, sum + detail.failedSessionCount());
    }
    if (sum != total) {
      notes.member(FAILURE_DETAILS, Deviation.COUNT_MISMATCH, sum + " and " + total);
    }
  }

  private void forget() {
    hasPolicy = false;
    policy.forget();
    successful = null;
    failed = null;
    failureDetails = List.of();
  }

  private static long zeroed(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
