package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.OwnIntake.Target;

/**
 * The destinations of a record: which of them are this collector, and whether those take reports.
 */
final class Destinations {

  private static final int MOST_PROBED = 3;
  private static final String DELIVERY = "RFC 8460 §5.4";

  private final OwnIntake own;
  private final @Nullable Function<Target, Probe> prober;
  private final String domain;
  private final Findings findings = new Findings();
  private final Map<Target, CompletableFuture<Probe>> probes = new LinkedHashMap<>();

  private Destinations(OwnIntake own, @Nullable Function<Target, Probe> prober, String domain) {
    this.own = own;
    this.prober = prober;
    this.domain = domain;
  }

  /**
   * What was found.
   *
   * @param all in order
   * @param findings about them
   */
  record Seen(List<CheckedDestination> all, Findings findings) {}

  /**
   * Looks at destinations.
   *
   * @param prober sends probes; null if none are asked for
   */
  static Seen look(
      OwnIntake own,
      @Nullable Function<Target, Probe> prober,
      String domain,
      CheckedRecord record) {
    return new Destinations(own, prober, domain).look(record);
  }

  private Seen look(CheckedRecord record) {
    var rua = record.lint().rua();
    for (int at = 0; at < rua.size(); at++) {
      if (own.isHere(rua.get(at))) {
        judge(rua.get(at), "rua[" + at + "]");
      }
    }
    if (!rua.isEmpty() && rua.stream().noneMatch(own::isHere)) {
      noteElsewhere();
    }
    var all = new ArrayList<CheckedDestination>();
    for (var uri : rua) {
      var here = own.isHere(uri);
      all.add(new CheckedDestination(uri, here, here ? probe(own.target(uri)) : null));
    }
    return new Seen(all, findings);
  }

  private void judge(String uri, String path) {
    var target = own.target(uri);
    if (target == null) {
      findings.warning(
          DELIVERY,
          path,
          "This is the host of the collector, but no address where it takes reports: write %s."
              .formatted(own.url(new Target("/" + domain))));
      return;
    }
    var recipient = target.recipient();
    if (recipient != null && !recipient.equals(domain)) {
      findings.warning(
          DELIVERY,
          path,
          "Reports would be kept as those of %s, which the path names: write %s."
              .formatted(Excerpt.of(recipient), own.url(new Target("/" + domain))));
    }
    if (prober != null && probes.size() < MOST_PROBED) {
      var sender = prober;
      probes.computeIfAbsent(target, ours -> Parallel.start(() -> sender.apply(ours)));
    }
  }

  private void noteElsewhere() {
    findings.info(
        DELIVERY,
        "rua",
        own.isHttps()
            ? "No destination is this collector, %s.".formatted(own.url(new Target("/" + domain)))
            : "No destination can be this collector, because senders deliver to https only: set"
                + " tlsrpt.public-url to its https address.");
  }

  private @Nullable Probe probe(@Nullable Target target) {
    if (prober == null) {
      return null;
    }
    if (target == null) {
      return new Probe.NotSent("The path is no address where this collector takes reports.");
    }
    var sent = probes.get(target);
    return sent == null
        ? new Probe.NotSent("Only the first %s addresses are probed.".formatted(MOST_PROBED))
        : sent.join();
  }
}
