package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import java.util.Map;
import org.tlsrpt.collector.dnsrecord.DnsAnswer.Absence;

/** Looks up the record at {@code _smtp._tls.<domain>} and judges what is there (RFC 8460 §3). */
final class RecordLookup {

  private static final int SHORT_TTL = 3_600;
  private static final String CNAMES = "RFC 1034 §3.6.2";
  private static final String SECURITY = "RFC 8460 §7";

  private final Dns dns;

  RecordLookup(Dns dns) {
    this.dns = dns;
  }

  /**
   * Looks.
   *
   * @param domain A-labels, no final dot; this very one, never a parent of it
   */
  CheckedRecord look(String domain, Deadline deadline) {
    var name = TlsRptRecord.OWNER + domain + ".";
    var answer = dns.txt(name, deadline);
    return switch (answer) {
      case DnsAnswer.Found<String> found -> found(name, found);
      case DnsAnswer.Nothing<String> nothing -> nothing(name, nothing);
      case DnsAnswer.Broken<String>(var reason, var chain) -> broken(name, reason, chain);
      case DnsAnswer.Failed<String>(var reason, var chain) -> unknown(name, reason, chain);
    };
  }

  private static CheckedRecord found(String name, DnsAnswer.Found<String> found) {
    var lint = RecordLint.lint(found.data());
    var more = new Findings();
    noteChain(found.chain(), more);
    noteTtl(found.ttl(), more);
    noteDnssec(found.validated(), more);
    return new CheckedRecord(
        name,
        status(found.data(), lint),
        with(lint, more),
        found.chain(),
        found.ttl(),
        found.dnssec(),
        found.data().stream().map(RecordLookup::shown).toList());
  }

  private static RecordStatus status(List<String> texts, LintResult lint) {
    var candidates =
        texts.stream().filter(text -> text.startsWith(TlsRptRecord.PREFIX)).limit(2).count();
    if (candidates == 0) {
      return RecordStatus.NONE;
    }
    if (candidates > 1) {
      return RecordStatus.MULTIPLE;
    }
    return lint.valid() ? RecordStatus.VALID : RecordStatus.INVALID;
  }

  private static CheckedRecord nothing(String name, DnsAnswer.Nothing<String> nothing) {
    var more = new Findings();
    if (nothing.chain().isEmpty()) {
      more.info(
          "RFC 8020 §2",
          "records",
          nothing.absence() == Absence.NXDOMAIN
              ? "DNS says that there is no name %s (NXDOMAIN).".formatted(name)
              : "DNS says that %s exists, but without TXT records (NODATA).".formatted(name));
    } else {
      more.error(
          CNAMES,
          "cname",
          "The CNAME leads to %s, where there is no TXT record: publish it there, or remove the"
                  .formatted(Excerpt.of(nothing.chain().getLast()))
              + " CNAME.");
    }
    return empty(name, RecordStatus.NONE, RecordLint.lint(List.of()), more, nothing);
  }

  private static CheckedRecord broken(String name, String reason, List<String> chain) {
    var more = new Findings();
    more.error(CNAMES, "cname", reason + " So senders find no record.");
    return empty(
        name,
        RecordStatus.NONE,
        RecordLint.lint(List.of()),
        more,
        new DnsAnswer.Broken<>(reason, chain));
  }

  private static CheckedRecord unknown(String name, String reason, List<String> chain) {
    var more = new Findings();
    more.error(
        "RFC 8460 §3",
        "records",
        "Whether there is a record is not known: %s. A sender with the same answer sends no report"
                .formatted(reason)
            + " for now; look at the name servers of the zone and try again.");
    var nothing = new LintResult(false, null, List.of(), Map.of(), List.of());
    return empty(name, RecordStatus.UNKNOWN, nothing, more, new DnsAnswer.Failed<>(reason, chain));
  }

  private static CheckedRecord empty(
      String name, RecordStatus status, LintResult lint, Findings more, DnsAnswer<String> answer) {
    return new CheckedRecord(
        name, status, with(lint, more), answer.chain(), null, answer.dnssec(), List.of());
  }

  /** The same judgement with more findings behind its own. */
  static LintResult with(LintResult lint, Findings more) {
    var findings = new Findings();
    findings.addAll(lint.findings());
    findings.addAll(more.toList());
    return new LintResult(
        lint.valid() && !more.hasErrors(),
        lint.record(),
        lint.rua(),
        lint.extensions(),
        findings.toList());
  }

  private static void noteChain(List<String> chain, Findings findings) {
    if (!chain.isEmpty()) {
      findings.info(
          CNAMES,
          "cname",
          "A CNAME leads to %s, where the record stands: whoever runs that zone decides what it says."
              .formatted(Excerpt.of(chain.getLast())));
    }
  }

  private static void noteTtl(long ttl, Findings findings) {
    if (ttl < SHORT_TTL) {
      findings.info(
          SECURITY,
          "ttl",
          "The resolver gives the record a TTL of %s s. Unless that is only what is left in its cache,"
                  .formatted(ttl)
              + " raise it: below an hour it is easier to hide the record from senders.");
    }
  }

  private static void noteDnssec(boolean validated, Findings findings) {
    findings.info(
        SECURITY,
        "dnssec",
        validated
            ? "The resolver says that it validated the answer with DNSSEC."
            : "The resolver does not say that it validated the answer with DNSSEC: the zone is not"
                + " signed, or the resolver does not validate. In a signed zone the record is harder"
                + " to hide.");
  }

  /** One character for one, so that places in findings count. */
  private static String shown(String text) {
    var shown = new StringBuilder(text);
    for (int at = 0; at < shown.length(); at++) {
      if (isHidden(shown.charAt(at))) {
        shown.setCharAt(at, '\uFFFD');
      }
    }
    return shown.toString();
  }

  private static boolean isHidden(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
