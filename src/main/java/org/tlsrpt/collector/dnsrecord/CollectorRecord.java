package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.List;

/** The record that brings the reports about a domain to this collector. */
public final class CollectorRecord {

  private CollectorRecord() {}

  /**
   * Makes the record.
   *
   * @param domain the policy domain as typed, as {@link RecordGenerator#generate} takes it
   * @param here where senders reach this collector; without https the record is shown all the same,
   *     with a note of severity error first: a new installation has no https address yet, and a
   *     refusal would be of something that was not asked
   * @param ttl seconds, 0 to {@value RecordGenerator#LONGEST_TTL}
   */
  public static Generated generate(String domain, PublicUrl here, int ttl) {
    if (here.isHttps()) {
      return RecordGenerator.generate(domain, List.of(here.intake()), ttl);
    }
    var https = here.intake().replaceFirst("^http:", "https:");
    var generated = RecordGenerator.generate(domain, List.of(https), ttl);
    return generated instanceof Generated.Record record ? withoutHttps(record) : generated;
  }

  private static Generated.Record withoutHttps(Generated.Record record) {
    var notes = new ArrayList<>(record.notes());
    notes.addFirst(
        new Finding(
            Severity.ERROR,
            Findings.RECORD,
            "rua[0]",
            "Senders deliver to https only. Set tlsrpt.public-url to the https address of this"
                + " collector before publishing the record."));
    var value = record.value().replaceFirst("rua=https:", "rua=http:");
    return new Generated.Record(
        record.name(), record.ttl(), value, CharacterStrings.split(value), notes);
  }
}
