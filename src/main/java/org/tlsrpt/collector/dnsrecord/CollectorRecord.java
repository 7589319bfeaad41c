package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.List;

/** The record that brings the reports about a domain to this collector. */
public final class CollectorRecord {

  private CollectorRecord() {}

  /**
   * Makes the record that names this collector alone.
   *
   * @param domain the policy domain as typed, as {@link RecordGenerator#generate} takes it
   * @param here where senders reach this collector; without https the record is shown all the same,
   *     with a note of severity error first: a new installation has no https address yet, and a
   *     refusal would be of something that was not asked
   * @param ttl seconds, 0 to {@value RecordGenerator#LONGEST_TTL}
   */
  public static Generated generate(String domain, PublicUrl here, int ttl) {
    return generate(domain, List.of(here.intake()), here, ttl);
  }

  /**
   * Makes a record that may name others too.
   *
   * @param destinations as {@link RecordGenerator#generate} takes them; this collector is the one
   *     that reads {@link PublicUrl#intake}
   */
  public static Generated generate(
      String domain, List<String> destinations, PublicUrl here, int ttl) {
    int own = destinations.indexOf(here.intake());
    if (here.isHttps() || own < 0) {
      return RecordGenerator.generate(domain, destinations, ttl);
    }
    var https = here.intake().replaceFirst("^http:", "https:");
    var secured = new ArrayList<>(destinations);
    secured.replaceAll(uri -> uri.equals(here.intake()) ? https : uri);
    var generated = RecordGenerator.generate(domain, secured, ttl);
    return generated instanceof Generated.Record record
        ? withoutHttps(record, https, own)
        : generated;
  }

  private static Generated.Record withoutHttps(Generated.Record record, String https, int own) {
    var notes = new ArrayList<>(record.notes());
    notes.addFirst(
        new Finding(
            Severity.ERROR,
            Findings.RECORD,
            "rua[" + own + "]",
            "Senders deliver to https only. Set tlsrpt.public-url to the https address of this"
                + " collector before publishing the record."));
    var domain = record.name().substring(TlsRptRecord.OWNER.length(), record.name().length() - 1);
    var uri = DestinationText.canonical(https, domain, "rua", new Findings());
    var value = record.value().replace(uri, uri.replaceFirst("^https:", "http:"));
    return new Generated.Record(
        record.name(), record.ttl(), value, CharacterStrings.split(value), notes);
  }
}
