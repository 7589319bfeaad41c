package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import java.util.Set;

/**
 * Looks beside the right name: for a wildcard that answers there, for a record that stands
 * elsewhere.
 */
final class RecordAdvice {

  /** Nobody has a name like this, unless a wildcard gives it. */
  private static final String NOBODY = "_wildcard-test._tls.";

  private final Dns dns;
  private final String domain;
  private final Deadline deadline;
  private final Findings findings = new Findings();

  private RecordAdvice(Dns dns, String domain, Deadline deadline) {
    this.dns = dns;
    this.domain = domain;
    this.deadline = deadline;
  }

  /** The record with what was seen beside it. */
  static CheckedRecord add(Dns dns, String domain, CheckedRecord record, Deadline deadline) {
    return new RecordAdvice(dns, domain, deadline).add(record);
  }

  private CheckedRecord add(CheckedRecord record) {
    if (!record.texts().isEmpty()) {
      noteWildcard(record);
    }
    if (record.status() == RecordStatus.NONE) {
      noteElsewhere();
    }
    return record.with(findings);
  }

  private void noteWildcard(CheckedRecord record) {
    var texts = dns.txt(NOBODY + domain + ".", deadline).dataOrNone();
    if (texts.isEmpty() || !Set.copyOf(texts).equals(Set.copyOf(record.texts()))) {
      return;
    }
    findings.info(
        "RFC 4592 §2.1.1",
        "records",
        record.status() == RecordStatus.NONE
            ? "A wildcard TXT record of the zone answers here; senders pass over it."
            : "The record comes from a wildcard of the zone, so it answers for names nobody meant;"
                + " publish it at "
                + record.name()
                + " itself.");
  }

  private void noteElsewhere() {
    var twice = TlsRptRecord.OWNER + domain + "." + domain + ".";
    var places =
        List.of(
            twice,
            "_tls." + domain + ".",
            "_tlsrpt." + domain + ".",
            "_smtp-tlsrpt." + domain + ".",
            domain + ".");
    var looking = places.stream().map(place -> Parallel.start(() -> stands(place))).toList();
    for (int at = 0; at < places.size(); at++) {
      if (looking.get(at).join()) {
        var place = places.get(at);
        findings.error(
            Findings.RECORD,
            "records",
            "A record stands at %s, where no sender looks: move it to %s%s."
                    .formatted(place, TlsRptRecord.OWNER, domain)
                + (place.equals(twice)
                    ? " Your DNS provider's form adds the domain by itself; leave it out there."
                    : ""));
      }
    }
  }

  private boolean stands(String place) {
    return dns.txt(place, deadline).dataOrNone().stream()
        .anyMatch(text -> text.startsWith(TlsRptRecord.PREFIX));
  }
}
