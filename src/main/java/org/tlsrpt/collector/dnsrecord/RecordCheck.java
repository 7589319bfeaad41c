package org.tlsrpt.collector.dnsrecord;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.CheckSettings.Outgoing;
import org.tlsrpt.collector.dnsrecord.OwnIntake.Target;

/**
 * Looks a domain's record up as senders do (RFC 8460 §3), with what stands beside it, and proves
 * that destinations which are this collector take reports.
 */
public final class RecordCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(9);
  private static final int MOST_AT_ONCE = 16;

  private final Dns dns;
  private final PolicyFetch policies;
  private final Prober prober;
  private final OwnIntake own;
  private final Set<Outgoing> allowed;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  RecordCheck(Dns dns, PolicyFetch policies, Prober prober, OwnIntake own, Set<Outgoing> allowed) {
    this.dns = dns;
    this.policies = policies;
    this.prober = prober;
    this.own = own;
    this.allowed = allowed;
  }

  /**
   * Checks a domain; answers within ten seconds, whatever does not answer.
   *
   * @param domain the policy domain as typed, like {@link RecordGenerator} takes it
   * @param parts what to do beside the look-up
   * @return what was found; never an exception for what is typed, published or away
   */
  public CheckAnswer check(String domain, Set<CheckPart> parts) {
    return switch (PolicyDomain.read(domain)) {
      case PolicyDomain.Unusable(var reason) -> new CheckAnswer.Refused(Excerpt.of(domain), reason);
      case PolicyDomain.Named named -> admitted(named, parts);
    };
  }

  private CheckAnswer admitted(PolicyDomain.Named named, Set<CheckPart> parts) {
    if (!allowed.contains(Outgoing.DNS)) {
      return new CheckAnswer.SwitchedOff();
    }
    if (!room.tryAcquire()) {
      return new CheckAnswer.Busy();
    }
    try {
      return checked(named, parts);
    } finally {
      room.release();
    }
  }

  private CheckAnswer checked(PolicyDomain.Named named, Set<CheckPart> parts) {
    var domain = named.name();
    var deadline = Deadline.in(PATIENCE);
    var records = new RecordLookup(dns);
    var mx = Parallel.start(() -> MxLookup.look(dns, records, domain, parts, deadline));
    var txt = Parallel.start(() -> dns.txt("_mta-sts." + domain + ".", deadline));
    var policy = Parallel.start(() -> policy(domain, deadline));
    var found = records.look(domain, deadline);
    var advised = Parallel.start(() -> RecordAdvice.add(dns, domain, found, deadline));
    var seen = Destinations.look(own, prober(parts, deadline), domain, found);
    var record = advised.join().with(seen.findings());
    var mtaSts = MtaStsCheck.judge(domain, txt.join(), policy.join(), mx.join());
    return new CheckAnswer.Checked(
        domain,
        named.notes(),
        record,
        seen.all(),
        mtaSts,
        mx.join(),
        Standing.of(record, mtaSts, mx.join()));
  }

  private PolicyFetch.@Nullable Fetched policy(String domain, Deadline deadline) {
    return allowed.contains(Outgoing.MTA_STS) ? policies.fetch(domain, deadline) : null;
  }

  private @Nullable Function<Target, Probe> prober(Set<CheckPart> parts, Deadline deadline) {
    if (!parts.contains(CheckPart.PROBE)) {
      return null;
    }
    return allowed.contains(Outgoing.PROBE)
        ? target -> prober.probe(target, deadline)
        : target -> new Probe.NotSent("tlsrpt.check.outgoing does not list probe.");
  }
}
