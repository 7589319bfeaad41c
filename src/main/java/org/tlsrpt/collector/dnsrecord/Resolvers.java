package org.tlsrpt.collector.dnsrecord;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/**
 * The resolvers, asked one after the other until one of them knows. By UDP, and by TCP where the
 * answer does not fit.
 */
final class Resolvers {

  /** Fits into one packet nearly everywhere. */
  private static final int UDP_PAYLOAD = 1_232;

  private static final int ROUNDS = 2;
  private static final Executor THREADS = task -> Thread.startVirtualThread(task);

  private final List<SimpleResolver> servers;
  private final Duration timeout;

  /**
   * Takes the resolvers.
   *
   * @param addresses at least one
   * @param timeout of one try
   */
  Resolvers(List<InetSocketAddress> addresses, Duration timeout) {
    this.servers = addresses.stream().map(address -> server(address, timeout)).toList();
    this.timeout = timeout;
  }

  /** Those of the settings, or of the system. */
  static Resolvers of(DnsSettings settings) {
    var named = settings.addresses();
    return new Resolvers(
        named.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : named, settings.timeout());
  }

  /** What came of a question. */
  sealed interface Reply {

    /** NOERROR or NXDOMAIN. */
    record Answered(Message message) implements Reply {}

    /** A resolver that says it cannot tell, SERVFAIL or REFUSED mostly. */
    record Refused(String reason) implements Reply {}

    /** None that says anything. */
    record Silent(String reason) implements Reply {}
  }

  /** Asks, and gives up at the deadline. */
  Reply ask(Name name, int type, Deadline deadline) {
    Reply.@Nullable Refused refused = null;
    var left = servers;
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      var silent = new ArrayList<SimpleResolver>();
      for (var server : left) {
        var message = deadline.hasPassed() ? null : send(server, name, type, deadline);
        if (message == null) {
          silent.add(server);
        } else if (knows(message)) {
          return new Reply.Answered(message);
        } else {
          refused = new Reply.Refused(reason(server, message));
        }
      }
      left = silent;
    }
    return refused == null ? new Reply.Silent(silence()) : refused;
  }

  private static @Nullable Message send(
      SimpleResolver server, Name name, int type, Deadline deadline) {
    var query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    // Asks for the AD bit in the answer (RFC 6840 §5.7).
    query.getHeader().setFlag(Flags.AD);
    var sent = server.sendAsync(query, THREADS).toCompletableFuture();
    try {
      return sent.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return null;
    } catch (TimeoutException e) {
      sent.cancel(true);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static boolean knows(Message message) {
    return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
  }

  private static String reason(SimpleResolver server, Message message) {
    var reason =
        "the resolver %s says %s"
            .formatted(text(server.getAddress()), Rcode.string(message.getRcode()));
    var opt = message.getOPT();
    if (opt == null) {
      return reason;
    }
    // The code is one of a list (RFC 8914 §5.2); the text beside it may be anybody's.
    return opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
        .filter(ExtendedErrorCodeOption.class::isInstance)
        .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
        .findFirst()
        .map(code -> reason + " (" + ExtendedErrorCodeOption.text(code) + ")")
        .orElse(reason);
  }

  private String silence() {
    return "no resolver answers (%s, %s ms each)"
        .formatted(
            servers.stream().map(s -> text(s.getAddress())).collect(Collectors.joining(", ")),
            timeout.toMillis());
  }

  private static String text(InetSocketAddress address) {
    return AddressText.of(address.getAddress());
  }

  private static SimpleResolver server(InetSocketAddress address, Duration timeout) {
    var server = new SimpleResolver(address);
    server.setTimeout(timeout);
    server.setEDNS(0, UDP_PAYLOAD, ExtendedFlags.DO, List.of());
    return server;
  }
}
