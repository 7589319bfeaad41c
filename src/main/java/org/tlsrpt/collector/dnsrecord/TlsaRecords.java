package org.tlsrpt.collector.dnsrecord;

/** What TLSA records at an MX host are worth to senders (RFC 7672 §3.1, RFC 6698 §2.1). */
final class TlsaRecords {

  private static final String PATH = "mx";

  private TlsaRecords() {}

  /** Judges the records at {@code _25._tcp.<host>}. */
  static MxHosts.Dane judge(String host, DnsAnswer<String> answer, Findings findings) {
    return switch (answer) {
      case DnsAnswer.Nothing<String> nothing -> MxHosts.Dane.NONE;
      case DnsAnswer.Found<String> found -> judge(host, found, findings);
      case DnsAnswer.Broken<String>(var reason, var chain) -> {
        findings.error(
            "RFC 7672 §2.2.3",
            PATH,
            "No TLSA records can be found at %s. %s".formatted(Excerpt.of(host), reason));
        yield MxHosts.Dane.NONE;
      }
      case DnsAnswer.Failed<String>(var reason, var chain) -> {
        findings.warning(
            "RFC 7672 §2.1.1",
            PATH,
            "Whether %s has TLSA records is not known: %s. Senders that use DANE do not deliver"
                    .formatted(Excerpt.of(host), reason)
                + " while they get this answer.");
        yield MxHosts.Dane.UNKNOWN;
      }
    };
  }

  private static MxHosts.Dane judge(String host, DnsAnswer.Found<String> found, Findings findings) {
    if (found.data().stream().noneMatch(TlsaRecords::isUsable)) {
      findings.error(
          "RFC 7672 §3.1",
          PATH,
          "Senders can use none of the TLSA records of %s: publish one of usage 3 (or 2) with a"
                  .formatted(Excerpt.of(host))
              + " SHA-256 digest, 3 1 1 ….");
      return MxHosts.Dane.UNUSABLE;
    }
    if (!found.validated()) {
      findings.warning(
          "RFC 7672 §2.2",
          PATH,
          "%s has TLSA records, but the resolver does not say that it validated them: senders use"
                  .formatted(Excerpt.of(host))
              + " them only in signed zones. Sign the zone, or name a resolver that validates.");
      return MxHosts.Dane.UNUSABLE;
    }
    return MxHosts.Dane.USABLE;
  }

  /** DANE-TA(2) or DANE-EE(3), a known selector, and a digest as long as its kind. */
  private static boolean isUsable(String record) {
    return record.matches("[23] [01] (0 (?:[0-9a-f]{2})+|1 [0-9a-f]{64}|2 [0-9a-f]{128})");
  }
}
