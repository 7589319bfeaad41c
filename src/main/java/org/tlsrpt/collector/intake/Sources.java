package org.tlsrpt.collector.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * What one source may ask of the intake, so that no source shuts out another. A source is an IPv4
 * address or an IPv6 /64: nothing else about a sender is known for sure.
 */
@Component
class Sources {

  private static final Logger log = LoggerFactory.getLogger(Sources.class);

  private static final String NO_ADDRESS = "no address";

  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Settings settings;
  private final Cache<String, Source> known;
  private final Cache<String, Boolean> warned;

  /**
   * Settings of the share of a source.
   *
   * @param perSecond deliveries a source may make for long
   * @param burst deliveries it may make at once, after some silence: large senders come at midnight
   * @param atOnce deliveries of a source in work at the same time
   * @param refusalCost how many deliveries one counts for that turns out to be no report
   */
  @ConfigurationProperties("tlsrpt.intake.source")
  record Settings(
      @DefaultValue("1000") int perSecond,
      @DefaultValue("100000") int burst,
      @DefaultValue("500") int atOnce,
      @DefaultValue("100") int refusalCost) {

    /** Refuses what no bucket can be made of. */
    Settings {
      if (perSecond < 1 || burst < 1 || atOnce < 1 || refusalCost < 1) {
        throw new IllegalArgumentException("tlsrpt.intake.source: every number must be at least 1");
      }
    }
  }

  Sources(Settings settings) {
    this.settings = settings;
    this.known = Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(REMEMBERED).build();
    this.warned = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(SILENCE).build();
  }

  /** A delivery in work; to be closed when it is answered. */
  final class Admission implements AutoCloseable {

    private final String name;
    private final Source source;

    private Admission(String name, Source source) {
      this.name = name;
      this.source = source;
    }

    /** Whose delivery it is. */
    String name() {
      return name;
    }

    /** The delivery was no report: junk must not come as cheap as reports do. */
    void chargeRefusal() {
      if (settings.refusalCost() > 1) {
        source.bucket.consumeIgnoringRateLimits(settings.refusalCost() - 1L);
      }
    }

    @Override
    public void close() {
      source.inWork.decrementAndGet();
    }
  }

  /**
   * Admits a delivery.
   *
   * @param address of the peer
   * @return {@code null} if the source has used up its share
   */
  @Nullable Admission admit(String address) {
    var name = nameOf(address);
    var source = known.get(name, key -> new Source(bucket()));
    if (source.inWork.incrementAndGet() > settings.atOnce() || !source.bucket.tryConsume(1)) {
      source.inWork.decrementAndGet();
      warn(name);
      return null;
    }
    return new Admission(name, source);
  }

  /**
   * The address, or of an IPv6 address its first 64 bits. What is none, though a proxy says so, is
   * one source together: a proxy that hides its clients must not hide a flood.
   */
  static String nameOf(String address) {
    var literal = StorableText.address(address);
    if (literal == null) {
      return NO_ADDRESS;
    }
    return literal.indexOf(':') < 0 ? literal : Ipv6Prefix.of(literal);
  }

  private Bucket bucket() {
    return Bucket.builder()
        // The monotonic clock: a step of the other must neither shut a source out nor let a flood
        // in.
        .withNanosecondPrecision()
        .addLimit(
            limit ->
                limit
                    .capacity(settings.burst())
                    .refillGreedy(settings.perSecond(), Duration.ofSeconds(1)))
        .build();
  }

  /** One line a minute and source: a flood must not become a flood of the log. */
  private void warn(String name) {
    if (warned.asMap().putIfAbsent(name, true) == null) {
      log.warn("{} has used up its share; its deliveries are not taken for a while", name);
    }
  }

  private record Source(Bucket bucket, AtomicInteger inWork) {
    Source(Bucket bucket) {
      this(bucket, new AtomicInteger());
    }
  }
}
