package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tlsrpt.collector.dnsrecord.Dns.Mx;
import org.tlsrpt.collector.dnsrecord.DnsAnswer.Absence;

/** Finds a domain's MX hosts and what DANE says at each (RFC 7672). */
final class MxLookup {

  private static final int MOST_HOSTS = 10;
  private static final String PATH = "mx";
  private static final String DANE = "RFC 7672 §2.2";

  private final Dns dns;
  private final RecordLookup records;
  private final Deadline deadline;
  private final Findings findings = new Findings();

  private MxLookup(Dns dns, RecordLookup records, Deadline deadline) {
    this.dns = dns;
    this.records = records;
    this.deadline = deadline;
  }

  /** Looks up the MX hosts, with {@link CheckPart#MX_HOSTS} the record at each too. */
  static MxHosts look(
      Dns dns, RecordLookup records, String domain, Set<CheckPart> parts, Deadline deadline) {
    return new MxLookup(dns, records, deadline).look(domain, parts);
  }

  private MxHosts look(String domain, Set<CheckPart> parts) {
    return switch (dns.mx(domain, deadline)) {
      case DnsAnswer.Failed<Mx>(var reason, var chain) -> {
        warning("RFC 5321 §5.1", "Where the domain receives mail is not known: " + reason + ".");
        yield none(MxHosts.Status.UNKNOWN);
      }
      case DnsAnswer.Broken<Mx>(var reason, var chain) -> {
        error("RFC 5321 §5.1", "No MX host can be found. " + reason);
        yield none(MxHosts.Status.NO_MAIL);
      }
      case DnsAnswer.Nothing<Mx> nothing when nothing.absence() == Absence.NXDOMAIN -> {
        error("RFC 5321 §5.1", "The domain does not exist; is it spelt right?");
        yield none(MxHosts.Status.NO_MAIL);
      }
      case DnsAnswer.Nothing<Mx> nothing -> implicit(domain, parts);
      case DnsAnswer.Found<Mx> found -> explicit(found, parts);
    };
  }

  private MxHosts none(MxHosts.Status status) {
    return new MxHosts(status, List.of(), findings.toList());
  }

  private MxHosts implicit(String domain, Set<CheckPart> parts) {
    var ipv4 = dns.ipv4(domain, deadline);
    if (ipv4 instanceof DnsAnswer.Nothing<?>
        && dns.ipv6(domain, deadline) instanceof DnsAnswer.Nothing<?>) {
      warning(
          "RFC 5321 §5.1",
          "The domain has neither MX records nor addresses and so receives no mail: nobody will"
              + " report about it.");
      return none(MxHosts.Status.NO_MAIL);
    }
    findings.info(
        "RFC 5321 §5.1", PATH, "There is no MX record, so mail goes to the domain's own address.");
    return with(MxHosts.Status.IMPLICIT, List.of(new Mx(0, domain + ".")), parts);
  }

  private MxHosts explicit(DnsAnswer.Found<Mx> found, Set<CheckPart> parts) {
    if (found.data().size() == 1 && found.data().getFirst().host().equals(".")) {
      findings.info(
          "RFC 7505 §3",
          PATH,
          "The MX record says that the domain takes no mail: nothing to report.");
      return none(MxHosts.Status.NO_MAIL);
    }
    var usable =
        found.data().stream()
            .sorted(Comparator.comparingInt(Mx::preference).thenComparing(Mx::host))
            .filter(this::isHost)
            .toList();
    if (usable.size() > MOST_HOSTS) {
      findings.info(
          "RFC 5321 §5.1",
          PATH,
          "Of %s MX hosts the first %s were looked at.".formatted(usable.size(), MOST_HOSTS));
    }
    var hosts = with(MxHosts.Status.FOUND, usable.stream().limit(MOST_HOSTS).toList(), parts);
    if (!found.validated()
        && hosts.hosts().stream().anyMatch(host -> host.dane() == MxHosts.Dane.USABLE)) {
      warning(
          DANE,
          "The resolver does not say that it validated the MX records: whoever forges them gets"
              + " around DANE. Sign the domain's zone too.");
    }
    return new MxHosts(hosts.status(), hosts.hosts(), findings.toList());
  }

  private boolean isHost(Mx mx) {
    var name = undotted(mx.host());
    var reason =
        HostNames.isNumeric(name)
            ? "is an IP address, which no MX record may name."
            : HostNames.wrongLabel(name);
    if (reason != null) {
      error("RFC 5321 §5.1", "The MX host %s %s".formatted(Excerpt.of(mx.host()), reason));
    }
    return reason == null;
  }

  private MxHosts with(MxHosts.Status status, List<Mx> exchangers, Set<CheckPart> parts) {
    var looking = exchangers.stream().map(mx -> Parallel.start(() -> seen(mx, parts))).toList();
    var hosts = new ArrayList<MxHosts.Host>();
    for (var each : looking) {
      var seen = each.join();
      findings.addAll(seen.findings().toList());
      hosts.add(seen.host());
    }
    return new MxHosts(status, hosts, findings.toList());
  }

  private record Seen(MxHosts.Host host, Findings findings) {}

  private Seen seen(Mx mx, Set<CheckPart> parts) {
    var name = undotted(mx.host());
    var record =
        Parallel.start(
            () -> parts.contains(CheckPart.MX_HOSTS) ? records.look(name, deadline) : null);
    var answer = dns.tlsa("_25._tcp." + name + ".", deadline);
    var found = new Findings();
    var dane = TlsaRecords.judge(name, answer, found);
    var host = new MxHosts.Host(name, mx.preference(), dane, answer.dataOrNone(), record.join());
    noteUnreported(host, found);
    return new Seen(host, found);
  }

  /** What senders see of DANE they report to the TLSA base domain, the MX host (RFC 8460 §1.1). */
  private static void noteUnreported(MxHosts.Host host, Findings findings) {
    var record = host.record();
    if (record != null
        && record.status() == RecordStatus.NONE
        && host.dane() == MxHosts.Dane.USABLE) {
      findings.warning(
          "RFC 8460 §1.1",
          PATH,
          "%s has TLSA records, but no record at %s: publish one there, or reports about DANE go to"
                  .formatted(Excerpt.of(host.name()), record.name())
              + " nobody.");
    }
  }

  private static String undotted(String name) {
    return name.replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
  }

  private void error(String rule, String message) {
    findings.error(rule, PATH, message);
  }

  private void warning(String rule, String message) {
    findings.warning(rule, PATH, message);
  }
}
