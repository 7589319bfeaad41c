package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the record that asks senders for reports about a domain (RFC 8460 §3). */
public final class RecordGenerator {

  /** Seconds. A week: resolvers cut longer ones, and a mistake would stay that long. */
  public static final int LONGEST_TTL = 604_800;

  /**
   * Octets of the value. Large DNS providers take no longer TXT record; no sender reads so much.
   */
  static final int LONGEST_VALUE = 4_000;

  private static final int MOST_DESTINATIONS = LONGEST_VALUE / "mailto:a@b,".length();

  private final PolicyDomain.Named domain;
  private final Findings notes = new Findings();

  private RecordGenerator(PolicyDomain.Named domain) {
    this.domain = domain;
    notes.addAll(domain.notes());
  }

  /**
   * Makes a record in the form that the weakest known sender reads.
   *
   * @param domain the policy domain as typed: U-labels, a final dot or the prefix {@code
   *     _smtp._tls.} are put right and noted
   * @param destinations {@code mailto:} and {@code https:} URIs, at least one; {@code {domain}} in
   *     them stands for the policy domain in the form DNS uses
   * @param ttl seconds, 0 to {@value #LONGEST_TTL}; 0 is allowed by DNS and noted as too short
   * @return the record, or which input makes it impossible
   */
  public static Generated generate(String domain, List<String> destinations, int ttl) {
    return switch (PolicyDomain.read(domain)) {
      case PolicyDomain.Unusable(var reason) ->
          new Generated.Refused("domain", Excerpt.of(domain), reason);
      case PolicyDomain.Named named -> new RecordGenerator(named).generate(destinations, ttl);
    };
  }

  private Generated generate(List<String> destinations, int ttl) {
    if (ttl < 0 || ttl > LONGEST_TTL) {
      return new Generated.Refused(
          "ttl",
          Integer.toString(ttl),
          "The TTL must be from 0 to %s seconds (a week); 3600 is usual.".formatted(LONGEST_TTL));
    }
    if (destinations.isEmpty()) {
      return refused("", "At least one destination is needed: mailto:… or https://….");
    }
    if (destinations.size() > MOST_DESTINATIONS) {
      return refused(destinations.size() + " destinations", tooMany());
    }
    var rua = new ArrayList<String>();
    var refusal = readAll(destinations, rua);
    return refusal == null ? record(List.copyOf(new LinkedHashSet<>(rua)), ttl) : refusal;
  }

  private Generated.@Nullable Refused readAll(List<String> destinations, List<String> rua) {
    var seen = new LinkedHashSet<String>();
    for (int at = 0; at < destinations.size(); at++) {
      var typed = destinations.get(at);
      if (typed.length() > LONGEST_VALUE) {
        return refused(Excerpt.of(typed), tooMany());
      }
      var path = "rua[" + at + "]";
      var uri = DestinationText.canonical(typed, domain.name(), path, notes);
      var flaw = flaw(uri);
      if (flaw != null) {
        return refused(Excerpt.of(typed), flaw);
      }
      if (seen.add(uri)) {
        rua.add(uri);
      } else {
        notes.info(Findings.RECORD, path, "The same destination a second time was left out.");
      }
    }
    return null;
  }

  /** What keeps senders from delivering to a destination, or null. */
  private static @Nullable String flaw(String uri) {
    if (uri.isEmpty()) {
      return "The destination is empty.";
    }
    if (uri.startsWith("mailto:") && uri.indexOf('?') >= 0) {
      return "Leave out the part after the question mark: senders ignore it or take it as part of"
          + " the address.";
    }
    var findings = new Findings();
    if (Destination.judge(uri, "rua", findings)) {
      return null;
    }
    return findings.toList().getLast().message();
  }

  private Generated record(List<String> rua, int ttl) {
    var value = new TlsRptRecord(rua, Map.of()).toText();
    if (value.length() > LONGEST_VALUE) {
      return refused("%s destinations, %s octets".formatted(rua.size(), value.length()), tooMany());
    }
    var name = TlsRptRecord.OWNER + domain.name() + ".";
    OperatorNotes.add(domain.name(), rua, ttl, notes);
    notes.addAll(RecordLint.lint(List.of(value)).findings());
    return new Generated.Record(name, ttl, value, CharacterStrings.split(value), notes.toList());
  }

  private static Generated.Refused refused(String offending, String reason) {
    return new Generated.Refused("rua", offending, reason);
  }

  private static String tooMany() {
    return "The record may have %s octets at most: name fewer or shorter destinations."
        .formatted(LONGEST_VALUE);
  }
}
