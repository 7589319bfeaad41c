package org.tlsrpt.collector.dnsrecord;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.OwnIntake.Target;

/** Sends probe reports to this collector's public address, by every way senders may take. */
final class Prober {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_PER_FAMILY = 4;

  private final Dns dns;
  private final OwnIntake own;
  private final X509TrustManager trust;
  private final Clock clock;

  Prober(Dns dns, OwnIntake own, X509TrustManager trust, Clock clock) {
    this.dns = dns;
    this.own = own;
    this.trust = trust;
    this.clock = clock;
  }

  /** Probes one target at all addresses at once. */
  Probe probe(Target target, Deadline deadline) {
    var literal = literal(own.host());
    if (literal != null) {
      return send(target, List.of(literal), new ArrayList<>(), deadline);
    }
    var later = Parallel.start(() -> dns.ipv6(own.host() + ".", deadline));
    var ipv4 = dns.ipv4(own.host() + ".", deadline);
    var ipv6 = later.join();
    var remarks = new ArrayList<String>();
    remark("IPv4", ipv4, "Many senders have no other: reports will be missing.", remarks);
    remark("IPv6", ipv6, "Most senders use IPv4 too, so reports arrive.", remarks);
    var addresses = Stream.concat(first(ipv6), first(ipv4)).toList();
    if (addresses.isEmpty()) {
      return new Probe.NotSent(
          "The host %s of tlsrpt.public-url has no address in DNS. %s"
              .formatted(own.host(), String.join(" ", remarks)));
    }
    return send(target, addresses, remarks, deadline);
  }

  private static Stream<InetAddress> first(DnsAnswer<InetAddress> answer) {
    return answer.dataOrNone().stream().limit(MOST_PER_FAMILY);
  }

  private static void remark(
      String family, DnsAnswer<InetAddress> answer, String consequence, List<String> remarks) {
    switch (answer) {
      case DnsAnswer.Found<InetAddress> found when found.data().size() > MOST_PER_FAMILY ->
          remarks.add(
              "Of %s %s addresses the first %s were tried."
                  .formatted(found.data().size(), family, MOST_PER_FAMILY));
      case DnsAnswer.Found<InetAddress> found -> {}
      case DnsAnswer.Nothing<InetAddress> nothing ->
          remarks.add("There is no %s address. %s".formatted(family, consequence));
      case DnsAnswer.Broken<InetAddress>(var reason, var chain) ->
          remarks.add("There is no %s address. %s".formatted(family, reason));
      case DnsAnswer.Failed<InetAddress>(var reason, var chain) ->
          remarks.add("Whether there are %s addresses is not known: %s.".formatted(family, reason));
    }
  }

  private Probe send(
      Target target, List<InetAddress> addresses, List<String> remarks, Deadline deadline) {
    var url = own.url(target);
    var end = deadline.within(PATIENCE);
    var attempts =
        addresses.stream()
            .map(
                address ->
                    Parallel.start(
                        () -> ProbeAttempt.send(url, own.host(), address, trust, clock, end)))
            .toList();
    return new Probe.Sent(
        url.toString(), attempts.stream().map(CompletableFuture::join).toList(), remarks);
  }

  /** Never asks DNS: what looks like an address is one. */
  private static @Nullable InetAddress literal(String host) {
    if (host.indexOf(':') < 0 && !HostNames.isNumeric(host)) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
