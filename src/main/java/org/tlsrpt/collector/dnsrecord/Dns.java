package org.tlsrpt.collector.dnsrecord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Looks names up, and remembers the answers for as long as they say, within bounds. */
final class Dns {

  /** Of one look-up, CNAMEs included. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** Octets of all answers remembered together. */
  private static final int ROOM = 4 * 1024 * 1024;

  private final Resolvers resolvers;
  private final Cache<Question, CnameChase.Outcome> answers;

  Dns(Resolvers resolvers, Ticker ticker) {
    this.resolvers = resolvers;
    this.answers =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumWeight(ROOM)
            .weigher((Question question, CnameChase.Outcome outcome) -> outcome.octets())
            .expireAfter(
                Expiry.<Question, CnameChase.Outcome>creating((key, outcome) -> outcome.keep()))
            .build();
  }

  private record Question(String name, int type) {}

  /**
   * A mail exchanger.
   *
   * @param preference the least is tried first
   * @param host absolute
   */
  record Mx(int preference, String host) {}

  /** The texts at a name, strings joined; UTF-8, or ISO 8859-1 where they are none. */
  DnsAnswer<String> txt(String name, Deadline deadline) {
    return look(name, Type.TXT, deadline).map(record -> text((TXTRecord) record));
  }

  /** The mail exchangers of a domain. */
  DnsAnswer<Mx> mx(String name, Deadline deadline) {
    return look(name, Type.MX, deadline)
        .map(record -> (MXRecord) record)
        .map(mx -> new Mx(mx.getPriority(), mx.getTarget().toString()));
  }

  /** The TLSA records at a name, as in a report's policy-string (RFC 8460 §4.5). */
  DnsAnswer<String> tlsa(String name, Deadline deadline) {
    return look(name, Type.TLSA, deadline).map(record -> tlsa((TLSARecord) record));
  }

  /** IPv4 addresses. */
  DnsAnswer<InetAddress> ipv4(String name, Deadline deadline) {
    return look(name, Type.A, deadline).map(record -> ((ARecord) record).getAddress());
  }

  /** IPv6 addresses. */
  DnsAnswer<InetAddress> ipv6(String name, Deadline deadline) {
    return look(name, Type.AAAA, deadline).map(record -> ((AAAARecord) record).getAddress());
  }

  private DnsAnswer<Record> look(String name, int type, Deadline deadline) {
    var question = new Question(name.toLowerCase(Locale.ROOT), type);
    var known = answers.getIfPresent(question);
    if (known != null) {
      return known.answer();
    }
    var absolute = absolute(name);
    if (absolute == null) {
      return new DnsAnswer.Nothing<>(DnsAnswer.Absence.NXDOMAIN, List.of(), false);
    }
    var outcome = new CnameChase(resolvers, absolute, type, deadline.within(PATIENCE)).outcome();
    answers.put(question, outcome);
    return outcome.answer();
  }

  /** Null if no name can be like that: with its prefix it is too long. */
  private static @Nullable Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      return null;
    }
  }

  private static String text(TXTRecord record) {
    var joined = new ByteArrayOutputStream();
    for (var string : record.getStringsAsByteArrays()) {
      joined.writeBytes(string);
    }
    var bytes = joined.toByteArray();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static String tlsa(TLSARecord record) {
    return "%s %s %s %s"
        .formatted(
            record.getCertificateUsage(),
            record.getSelector(),
            record.getMatchingType(),
            HexFormat.of().formatHex(record.getCertificateAssociationData()));
  }
}
