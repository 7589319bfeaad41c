package org.tlsrpt.collector.report;

import static org.tlsrpt.collector.report.Member.ORGANIZATION_NAME;
import static org.tlsrpt.collector.report.Member.POLICIES;
import static org.tlsrpt.collector.report.Member.POLICY_DOMAIN;
import static org.tlsrpt.collector.report.Member.REPORT_ID;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Member.Scope;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;

/** Reads the object that is the report (RFC 8460 §4.4), and finishes it. */
final class ReportDraft {

  private final Tokens tokens;
  private final Values values;
  private final Notes notes;
  private final PolicyResults results;
  private final Window window;

  private @Nullable String organizationName;
  private @Nullable String contactInfo;
  private @Nullable String reportId;
  private @Nullable List<PolicyDraft> policies;
  private boolean domainInferred;

  ReportDraft(Tokens tokens, Values values, Notes notes, PolicyResults results) {
    this.tokens = tokens;
    this.values = values;
    this.notes = notes;
    this.results = results;
    this.window = new Window(tokens, values, notes);
  }

  /** Reads the object at hand. */
  void read() {
    tokens.object(Scope.REPORT, this::member);
  }

  /** Whether the object is a report: has {@code policies}. */
  boolean isReport() {
    return policies != null;
  }

  /** The report; call it once, at the end. */
  Reading.Read finish(@Nullable String recipientDomain) {
    if (organizationName == null) {
      notes.member(ORGANIZATION_NAME, Deviation.ORGANIZATION_NAME_MISSING);
    }
    if (reportId == null) {
      notes.member(REPORT_ID, Deviation.REPORT_ID_MISSING);
    }
    var report =
        new TlsReport(
            organizationName,
            window.finish(),
            contactInfo,
            reportId,
            withDomains(MissingDomain.of(recipientDomain, reportId)));
    return new Reading.Read(report, notes.list(), domainInferred);
  }

  private void member(Member member) {
    switch (member) {
      case ORGANIZATION_NAME -> organizationName = values.text(member);
      case CONTACT_INFO -> contactInfo = values.text(member);
      case REPORT_ID -> reportId = values.text(member);
      case DATE_RANGE -> window.read();
      case POLICIES -> policies();
      default -> tokens.skip();
    }
  }

  private void policies() {
    boolean looksRight = tokens.isArray() || tokens.isObject();
    policies = looksRight ? results.read() : null;
  }

  private List<PolicyResult> withDomains(String missing) {
    var finished = new ArrayList<PolicyResult>();
    if (policies == null || policies.isEmpty()) {
      notes.member(POLICIES, Deviation.POLICIES_EMPTY);
      return finished;
    }
    for (var draft : policies) {
      if (draft.domain() == null) {
        notes.policy(draft.index());
        notes.member(POLICY_DOMAIN, Deviation.POLICY_DOMAIN_MISSING);
        domainInferred = true;
      }
      finished.add(draft.withDomain(draft.domain() == null ? missing : draft.domain()));
    }
    return finished;
  }
}
