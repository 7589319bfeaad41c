package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.PolicyFetch.Fetched;

/** What senders make of a domain's MTA-STS: the TXT record, the file, and whether they agree. */
final class MtaStsCheck {

  private static final String PATH = "mta-sts";
  private static final String FETCHING = "RFC 8461 §3.3";

  private final Findings findings = new Findings();
  private final String domain;
  private final DnsAnswer<String> txt;
  private final @Nullable Fetched fetched;

  private MtaStsCheck(String domain, DnsAnswer<String> txt, @Nullable Fetched fetched) {
    this.domain = domain;
    this.txt = txt;
    this.fetched = fetched;
  }

  /**
   * Judges.
   *
   * @param txt the texts at {@code _mta-sts.<domain>}
   * @param fetched the file; null if none may be fetched from here
   * @param mx where the domain receives mail
   */
  static MtaSts judge(String domain, DnsAnswer<String> txt, @Nullable Fetched fetched, MxHosts mx) {
    return new MtaStsCheck(domain, txt, fetched).judge(mx);
  }

  private MtaSts judge(MxHosts mx) {
    if (txt instanceof DnsAnswer.Failed<String>(var reason, var chain)) {
      findings.warning(
          MtaStsText.RULE,
          PATH,
          "Whether there is a TXT record at _mta-sts is not known: %s.".formatted(reason));
      return new MtaSts(MtaSts.Status.UNKNOWN, null, null, null, findings.toList());
    }
    if (txt instanceof DnsAnswer.Broken<String>(var reason, var chain)) {
      findings.error(MtaStsText.RULE, PATH, "No TXT record at _mta-sts can be found. " + reason);
    }
    var announced = MtaStsText.read(txt.dataOrNone(), findings);
    if (announced.record() == null && !findings.hasErrors()) {
      return unannounced();
    }
    var policy = policy();
    if (policy != null && !policy.mode().equals("none")) {
      compare(policy, mx);
    }
    var status = status(announced, policy);
    return new MtaSts(status, announced.record(), announced.id(), policy, findings.toList());
  }

  private MtaSts.Status status(MtaStsText.Read announced, MtaSts.@Nullable Policy policy) {
    if (announced.id() == null) {
      return MtaSts.Status.INVALID;
    }
    if (policy != null) {
      return MtaSts.Status.VALID;
    }
    return fetched == null || fetched instanceof Fetched.Unknown
        ? MtaSts.Status.UNKNOWN
        : MtaSts.Status.INVALID;
  }

  private MtaSts unannounced() {
    if (fetched instanceof Fetched.File) {
      findings.warning(
          MtaStsText.RULE,
          PATH,
          "There is a policy file at mta-sts.%1$s, but no TXT record at _mta-sts.%1$s announces it,"
                  .formatted(domain)
              + " so senders do not look: publish \"v=STSv1; id=1\", with a new id for each change.");
    }
    return new MtaSts(MtaSts.Status.NONE, null, null, null, findings.toList());
  }

  private MtaSts.@Nullable Policy policy() {
    switch (fetched) {
      case Fetched.File(var text, var remarks) -> {
        remarks.forEach(remark -> findings.warning(FETCHING, PATH, remark));
        return MtaStsPolicyFile.read(text, findings);
      }
      case Fetched.NoHost() ->
          findings.error(
              FETCHING,
              PATH,
              "The TXT record announces a policy, but there is no host mta-sts.%s to fetch it from."
                  .formatted(domain));
      case Fetched.Missing(var reason) -> findings.error(FETCHING, PATH, reason);
      case Fetched.Unknown(var reason) -> findings.warning(FETCHING, PATH, reason);
      case null ->
          findings.info(
              FETCHING,
              PATH,
              "The policy file was not fetched: tlsrpt.check.outgoing does not list mta-sts.");
    }
    return null;
  }

  private void compare(MtaSts.Policy policy, MxHosts mx) {
    for (var host : mx.hosts()) {
      if (policy.mx().stream().noneMatch(mask -> MtaStsPolicyFile.allows(mask, host.name()))) {
        mismatch(policy.mode(), host.name());
      }
    }
    if (mx.status() == MxHosts.Status.FOUND) {
      policy.mx().stream().filter(mask -> isUnused(mask, mx.hosts())).forEach(this::unused);
    }
  }

  private void mismatch(String mode, String host) {
    var message = "The MX host %s is not among the policy's mx.".formatted(Excerpt.of(host));
    if (mode.equals("enforce")) {
      findings.error(
          "RFC 8461 §4.1",
          PATH,
          message + " Senders do not deliver to it: add it to the policy and change the id.");
    } else {
      findings.warning(
          "RFC 8461 §4.1",
          PATH,
          message + " In mode testing senders only report it; add it before you enforce.");
    }
  }

  private static boolean isUnused(String mask, List<MxHosts.Host> hosts) {
    return hosts.stream().noneMatch(host -> MtaStsPolicyFile.allows(mask, host.name()));
  }

  private void unused(String mask) {
    findings.info(
        "RFC 8461 §4.1",
        PATH,
        "No MX host matches the policy's mx %s; leave it out unless it is kept for a change."
            .formatted(Excerpt.of(mask)));
  }
}
