package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Records, and how the resolver that knows them behaves for some names. */
public final class TestZone {

  private static final int LONGEST_CHAIN = 40;

  private final List<Record> records = new CopyOnWriteArrayList<>();
  private final Map<Name, Integer> failing = new ConcurrentHashMap<>();
  private final Map<Name, Integer> errors = new ConcurrentHashMap<>();
  private final Map<Name, Deque<Record>> turns = new ConcurrentHashMap<>();
  private final List<Name> silent = new CopyOnWriteArrayList<>();
  private final List<Name> signed = new CopyOnWriteArrayList<>();
  private volatile long negativeTtl = 300;
  private volatile boolean followsCnames = true;
  private volatile boolean hidesCircles;

  /** Adds records, {@code example.com. 300 MX 10 mx.example.com.}; every name absolute. */
  public TestZone with(String... lines) {
    for (var line : lines) {
      records.add(record(line));
    }
    return this;
  }

  /** Adds a TXT record of strings that need no escaping here. */
  public TestZone txt(String name, long ttl, String... strings) {
    records.add(new org.xbill.DNS.TXTRecord(name(name), DClass.IN, ttl, List.of(strings)));
    return this;
  }

  /** Answers for a name in turns: each time with the next, the last for ever. */
  public TestZone turns(String... lines) {
    for (var line : lines) {
      var record = record(line);
      turns.computeIfAbsent(record.getName(), n -> new ArrayDeque<>()).add(record);
    }
    return this;
  }

  /** Answers for a name with an error. */
  public TestZone failing(String name, int rcode) {
    failing.put(name(name), rcode);
    return this;
  }

  /** The same with an extended error (RFC 8914). */
  public TestZone failing(String name, int rcode, int extendedError) {
    errors.put(name(name), extendedError);
    return failing(name, rcode);
  }

  /** Never answers for a name; for all of them if it is the root. */
  public TestZone silent(String name) {
    silent.add(name(name));
    return this;
  }

  /** Says that it validated what lies at or below a name. */
  public TestZone signed(String name) {
    signed.add(name(name));
    return this;
  }

  /** Seconds for which an answer that there is nothing may be kept. */
  public TestZone negativeTtl(long seconds) {
    negativeTtl = seconds;
    return this;
  }

  /** Gives CNAMEs without what they lead to, as servers do that are no resolvers. */
  public TestZone withoutFollowing() {
    followsCnames = false;
    return this;
  }

  /** Answers SERVFAIL where CNAMEs lead in a circle, as resolvers do. */
  public TestZone hidingCircles() {
    hidesCircles = true;
    return this;
  }

  Optional<Message> answer(Message query) {
    var question = query.getQuestion();
    if (silent.stream().anyMatch(name -> question.getName().subdomain(name))) {
      return Optional.empty();
    }
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RD);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    fill(answer, question.getName(), question.getType());
    if (!asksForValidation(query)) {
      answer.getHeader().unsetFlag(Flags.AD);
    }
    if (query.getOPT() != null) {
      var error = errors.get(question.getName());
      answer.addRecord(
          error == null
              ? new OPTRecord(1232, 0, 0)
              : new OPTRecord(
                  1232, 0, 0, 0, new ExtendedErrorCodeOption(error, "words of a stranger")),
          Section.ADDITIONAL);
    }
    return Optional.of(answer);
  }

  /** Either is enough for most resolvers, and each for some (RFC 6840 §5.7, RFC 4035 §3.2.1). */
  private static boolean asksForValidation(Message query) {
    var opt = query.getOPT();
    return query.getHeader().getFlag(Flags.AD)
        && opt != null
        && (opt.getFlags() & ExtendedFlags.DO) != 0;
  }

  private void fill(Message answer, Name asked, int type) {
    var validated = true;
    var at = asked;
    for (int step = 0; step < LONGEST_CHAIN; step++) {
      var rcode = failing.get(at);
      if (rcode != null) {
        answer.removeAllRecords(Section.ANSWER);
        answer.getHeader().setRcode(rcode);
        return;
      }
      var name = at;
      validated &= signed.stream().anyMatch(name::subdomain);
      var found = find(at, type);
      found.forEach(record -> answer.addRecord(record, Section.ANSWER));
      if (found.isEmpty() || found.getFirst().getType() == type || !followsCnames) {
        if (found.isEmpty()) {
          nothing(answer, at);
        }
        break;
      }
      at = ((CNAMERecord) found.getFirst()).getTarget();
      if (hidesCircles && at.equals(asked)) {
        answer.removeAllRecords(Section.ANSWER);
        answer.getHeader().setRcode(Rcode.SERVFAIL);
        return;
      }
    }
    if (validated) {
      answer.getHeader().setFlag(Flags.AD);
    }
  }

  private List<Record> find(Name name, int type) {
    var turn = turns.get(name);
    if (turn != null && turn.getFirst().getType() == type) {
      synchronized (turn) {
        return List.of(turn.size() > 1 ? turn.removeFirst() : turn.getFirst());
      }
    }
    var found = new ArrayList<Record>();
    for (var wanted : List.of(type, Type.CNAME)) {
      if (found.isEmpty()) {
        records.stream()
            .filter(record -> record.getType() == wanted && covers(record.getName(), name))
            .forEach(record -> found.add(at(record, name)));
      }
    }
    return found;
  }

  /** RFC 4592: a wildcard stands for whatever does not exist below its parent. */
  private boolean covers(Name owner, Name name) {
    if (exists(name) || !owner.isWild()) {
      return owner.equals(name);
    }
    var parent = new Name(owner, 1);
    for (var at = name; at.labels() > parent.labels(); at = new Name(at, 1)) {
      if (exists(at)) {
        return false;
      }
    }
    return name.subdomain(parent);
  }

  private boolean exists(Name name) {
    return records.stream().anyMatch(record -> record.getName().subdomain(name))
        || turns.keySet().stream().anyMatch(owner -> owner.subdomain(name));
  }

  private static Record at(Record record, Name name) {
    return record.getName().isWild()
        ? Record.newRecord(
            name, record.getType(), DClass.IN, record.getTTL(), record.rdataToWireCanonical())
        : record;
  }

  private void nothing(Message answer, Name at) {
    answer.getHeader().setRcode(exists(at) ? Rcode.NOERROR : Rcode.NXDOMAIN);
    answer.addRecord(
        new SOARecord(
            Name.root,
            DClass.IN,
            86_400,
            name("ns.invalid."),
            name("hostmaster.invalid."),
            1,
            7_200,
            3_600,
            1_209_600,
            negativeTtl),
        Section.AUTHORITY);
  }

  private static Record record(String line) {
    var parts = line.split(" ", 4);
    try {
      return Record.fromString(
          name(parts[0]),
          Type.value(parts[2]),
          DClass.IN,
          Long.parseLong(parts[1]),
          parts[3],
          Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }
}
