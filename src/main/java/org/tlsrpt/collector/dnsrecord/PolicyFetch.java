package org.tlsrpt.collector.dnsrecord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the policy file of MTA-STS (RFC 8461 §3.3): the only request that goes to a host which
 * somebody else names. HTTPS with a certificate that is right, to public addresses, once.
 */
final class PolicyFetch {

  /** RFC 8461 §3.3 suggests no less than 64 kilobytes. */
  private static final int LARGEST = 64 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A host is not asked more often, however often somebody clicks. */
  private static final Duration KEEP = Duration.ofMinutes(1);

  /** Whoever has put something right looks again soon. */
  private static final Duration KEEP_FAILURE = Duration.ofSeconds(5);

  private static final int MOST_KEPT = 200;
  private static final int MOST_ADDRESSES = 4;

  private final Dns dns;
  private final PinnedHttps https;
  private final Predicate<InetAddress> allowed;
  private final int port;
  private final Cache<String, Fetched> kept;

  /**
   * Takes what it needs.
   *
   * @param allowed which addresses may be connected to
   * @param port where policy hosts listen
   */
  PolicyFetch(Dns dns, PinnedHttps https, Predicate<InetAddress> allowed, int port, Ticker ticker) {
    this.dns = dns;
    this.https = https;
    this.allowed = allowed;
    this.port = port;
    this.kept =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST_KEPT)
            .expireAfter(Expiry.<String, Fetched>creating((domain, fetched) -> keep(fetched)))
            .build();
  }

  private static Duration keep(Fetched fetched) {
    return switch (fetched) {
      case Fetched.File file -> KEEP;
      case Fetched.NoHost noHost -> KEEP;
      case Fetched.Missing missing -> KEEP_FAILURE;
      case Fetched.Unknown unknown -> KEEP_FAILURE;
    };
  }

  /** What came of it. */
  sealed interface Fetched {

    /**
     * A file.
     *
     * @param text of it
     * @param remarks what does not keep senders from reading it
     */
    record File(String text, List<String> remarks) implements Fetched {}

    /** There is no such host. */
    record NoHost() implements Fetched {}

    /**
     * There is a host and no file of it.
     *
     * @param reason why, and what to do, one or two sentences
     */
    record Missing(String reason) implements Fetched {}

    /**
     * It is not known whether there is one.
     *
     * @param reason why, one sentence
     */
    record Unknown(String reason) implements Fetched {}
  }

  /** Fetches the policy file of a domain. */
  Fetched fetch(String domain, Deadline deadline) {
    var known = kept.getIfPresent(domain);
    if (known != null) {
      return known;
    }
    var fetched = fetchFrom("mta-sts." + domain, deadline.within(PATIENCE));
    kept.put(domain, fetched);
    return fetched;
  }

  private Fetched fetchFrom(String host, Deadline deadline) {
    var later = Parallel.start(() -> dns.ipv6(host, deadline));
    var ipv4 = dns.ipv4(host, deadline);
    var ipv6 = later.join();
    var addresses = new ArrayList<InetAddress>(ipv4.dataOrNone());
    addresses.addAll(ipv6.dataOrNone());
    if (addresses.isEmpty()) {
      return withoutAddress(host, ipv4, ipv6);
    }
    var usable = addresses.stream().filter(allowed).limit(MOST_ADDRESSES).toList();
    var refused = addresses.stream().filter(allowed.negate()).toList();
    if (usable.isEmpty()) {
      return new Fetched.Missing(
          "The policy host %s has no public address (%s), so senders cannot reach it."
              .formatted(host, text(refused)));
    }
    return get(host, usable, refused, deadline);
  }

  private static Fetched withoutAddress(
      String host, DnsAnswer<InetAddress> ipv4, DnsAnswer<InetAddress> ipv6) {
    for (var answer : List.of(ipv4, ipv6)) {
      if (answer instanceof DnsAnswer.Failed<InetAddress>(var reason, var chain)) {
        return new Fetched.Unknown(
            "The policy host %s could not be looked up: %s.".formatted(host, reason));
      }
      if (answer instanceof DnsAnswer.Broken<InetAddress>(var reason, var chain)) {
        return new Fetched.Missing("The policy host %s has no address. %s".formatted(host, reason));
      }
    }
    return new Fetched.NoHost();
  }

  private Fetched get(
      String host, List<InetAddress> usable, List<InetAddress> refused, Deadline deadline) {
    var url = "https://" + host + (port == 443 ? "" : ":" + port) + "/.well-known/mta-sts.txt";
    try {
      var answer =
          https.send(
              new HttpGet(URI.create(url)),
              usable,
              LARGEST,
              deadline,
              PinnedHttps.Progress.UNWATCHED);
      return read(url, answer, refused);
    } catch (IOException e) {
      return new Fetched.Missing(
          deadline.hasPassed()
              ? "The policy file %s did not come within %s s.".formatted(url, PATIENCE.toSeconds())
              : Failures.explain(e, "The policy file " + url + " cannot be fetched"));
    }
  }

  private static Fetched read(String url, PinnedHttps.Answer answer, List<InetAddress> refused) {
    if (answer.status() >= 300 && answer.status() < 400) {
      return new Fetched.Missing(
          "%s answers with a redirect (%s), which senders must not follow: serve the file there."
              .formatted(url, answer.status()));
    }
    if (answer.status() != 200) {
      return new Fetched.Missing("%s answers %s instead of 200.".formatted(url, answer.status()));
    }
    if (!answer.whole()) {
      return new Fetched.Missing(
          "%s is larger than the %s kB that senders read.".formatted(url, LARGEST / 1024));
    }
    if (answer.encoding() != null && !answer.encoding().equalsIgnoreCase("identity")) {
      return new Fetched.Missing(
          "%s comes compressed although nobody asked for it: serve it plain.".formatted(url));
    }
    return new Fetched.File(
        new String(answer.body(), StandardCharsets.UTF_8), remarks(url, answer.type(), refused));
  }

  private static List<String> remarks(
      String url, @Nullable String type, List<InetAddress> refused) {
    var remarks = new ArrayList<String>();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
      remarks.add("%s should be served as text/plain.".formatted(url));
    }
    if (!refused.isEmpty()) {
      remarks.add(
          "The policy host also has addresses that are not public (%s): senders that try them fail."
              .formatted(text(refused)));
    }
    return remarks;
  }

  private static String text(List<InetAddress> addresses) {
    return addresses.stream()
        .limit(MOST_ADDRESSES)
        .map(AddressText::of)
        .collect(Collectors.joining(", "));
  }
}
