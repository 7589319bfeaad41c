package org.tlsrpt.collector.dnsrecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.DnsAnswer.Absence;
import org.tlsrpt.collector.dnsrecord.Resolvers.Reply;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One question followed through CNAMEs to its end, and how long the answer may be remembered. */
final class CnameChase {

  /** What common resolvers follow at most. */
  private static final int LONGEST_CHAIN = 16;

  private static final Duration LONGEST = Duration.ofHours(1);

  /** Whoever has just published a record comes back to look for it. */
  private static final Duration LONGEST_NEGATIVE = Duration.ofMinutes(1);

  private static final Duration FAILURE = Duration.ofSeconds(5);
  private static final int SMALL = 512;

  private final Resolvers resolvers;
  private final int type;
  private final Deadline deadline;
  private final List<Name> chain = new ArrayList<>();
  private Name at;
  private boolean validated = true;
  private long ttl = LONGEST.toSeconds();
  private int octets = SMALL;

  CnameChase(Resolvers resolvers, Name name, int type, Deadline deadline) {
    this.resolvers = resolvers;
    this.at = name;
    this.type = type;
    this.deadline = deadline;
    chain.add(name);
  }

  /**
   * The end of it.
   *
   * @param answer what it says
   * @param keep how long it may be remembered
   * @param octets what that takes, about
   */
  record Outcome(DnsAnswer<Record> answer, Duration keep, int octets) {}

  Outcome outcome() {
    while (true) {
      switch (resolvers.ask(at, type, deadline)) {
        case Reply.Silent(var reason) -> {
          return failed(reason);
        }
        case Reply.Refused(var reason) -> {
          var broken = type == Type.CNAME ? null : loopBehind();
          return broken == null ? failed(reason) : broken;
        }
        case Reply.Answered(var message) -> {
          var end = read(message);
          if (end != null) {
            return end;
          }
        }
      }
    }
  }

  /** Follows an answer as far as it goes; null if the next question is for where that is. */
  private @Nullable Outcome read(Message message) {
    validated &= message.getHeader().getFlag(Flags.AD);
    octets += message.numBytes();
    var asked = at;
    while (true) {
      var records = records(message, type);
      if (!records.isEmpty()) {
        return found(records);
      }
      var aliases = records(message, Type.CNAME);
      if (aliases.isEmpty()) {
        break;
      }
      var broken = step((CNAMERecord) aliases.getFirst());
      if (broken != null) {
        return broken;
      }
    }
    if (message.getRcode() == Rcode.NXDOMAIN) {
      return nothing(Absence.NXDOMAIN, message);
    }
    return at.equals(asked) ? nothing(Absence.NODATA, message) : null;
  }

  private @Nullable Outcome step(CNAMERecord alias) {
    ttl = Math.min(ttl, alias.getTTL());
    at = alias.getTarget();
    if (chain.contains(at)) {
      chain.add(at);
      return broken("The CNAME leads in a circle, back to " + Excerpt.of(at.toString()) + ".");
    }
    chain.add(at);
    return chain.size() > LONGEST_CHAIN
        ? broken("More than %s CNAMEs follow each other.".formatted(LONGEST_CHAIN - 1))
        : null;
  }

  /** A resolver says no more of a circle than SERVFAIL; asked for each CNAME it shows it. */
  private @Nullable Outcome loopBehind() {
    while (resolvers.ask(at, Type.CNAME, deadline) instanceof Reply.Answered(var message)) {
      var aliases = records(message, Type.CNAME);
      if (aliases.isEmpty()) {
        return null;
      }
      var broken = step((CNAMERecord) aliases.getFirst());
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  private List<Record> records(Message message, int wanted) {
    return message.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == wanted && record.getName().equals(at))
        .toList();
  }

  private Outcome found(List<Record> records) {
    var least = records.stream().mapToLong(Record::getTTL).min().orElse(0);
    return new Outcome(
        new DnsAnswer.Found<>(records, followed(), least, validated),
        Duration.ofSeconds(Math.min(ttl, least)),
        octets);
  }

  private Outcome nothing(Absence absence, Message message) {
    var negative =
        message.getSection(Section.AUTHORITY).stream()
            .filter(SOARecord.class::isInstance)
            .mapToLong(record -> Math.min(record.getTTL(), ((SOARecord) record).getMinimum()))
            .min()
            .orElse(FAILURE.toSeconds());
    var keep = Duration.ofSeconds(Math.min(ttl, negative));
    return new Outcome(
        new DnsAnswer.Nothing<>(absence, followed(), validated),
        keep.compareTo(LONGEST_NEGATIVE) < 0 ? keep : LONGEST_NEGATIVE,
        octets);
  }

  private Outcome broken(String reason) {
    return new Outcome(new DnsAnswer.Broken<>(reason, followed()), FAILURE, octets);
  }

  private Outcome failed(String reason) {
    return new Outcome(new DnsAnswer.Failed<>(reason, followed()), FAILURE, octets);
  }

  private List<String> followed() {
    return chain.stream().skip(1).map(Name::toString).toList();
  }
}
