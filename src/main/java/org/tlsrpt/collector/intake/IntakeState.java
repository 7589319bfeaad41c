package org.tlsrpt.collector.intake;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How things stand at the intake, for those who watch it. Deliveries in the spool are safe, so that
 * is no reason to be called down; but somebody should look after the database.
 */
@Component("deliveries")
class IntakeState implements HealthIndicator, MeterBinder {

  private static final Status DEGRADED = new Status("DEGRADED", "Deliveries wait in the spool.");

  private final Spool spool;

  /** One look for all gauges of a scrape. */
  private final LoadingCache<Class<QuarantineExtent>, QuarantineExtent> quarantine;

  private final BodyReader bodies;
  private final Decoder decoder;
  private final Clock clock;

  IntakeState(Spool spool, JdbcClient reads, BodyReader bodies, Decoder decoder, Clock clock) {
    this.spool = spool;
    this.quarantine =
        Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofSeconds(1))
            .build(key -> QuarantineExtent.read(reads));
    this.bodies = bodies;
    this.decoder = decoder;
    this.clock = clock;
  }

  @Override
  public Health health() {
    return Health.status(spool.files() == 0 ? Status.UP : DEGRADED)
        .withDetail("spoolFiles", spool.files())
        .withDetail("spoolBytes", spool.bytes())
        .withDetail("spoolDamaged", spool.damaged())
        .withDetail("spoolOldestSeconds", spoolAge().toSeconds())
        .build();
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("tlsrpt.spool.files", spool, Spool::files)
        .description("deliveries that wait for the database")
        .register(meters);
    Gauge.builder("tlsrpt.spool.size", spool, Spool::bytes)
        .description("disk they take, damaged ones included")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("tlsrpt.spool.damaged", spool, Spool::damaged)
        .description("deliveries set aside because their file is damaged")
        .register(meters);
    Gauge.builder("tlsrpt.spool.age", this, state -> state.spoolAge().toMillis() / 1_000.0)
        .description("since the oldest delivery in the spool arrived")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("tlsrpt.quarantine.entries", () -> quarantine(QuarantineExtent::entries))
        .description("deliveries in quarantine; not a number while the database is away")
        .register(meters);
    Gauge.builder("tlsrpt.quarantine.size", () -> quarantine(QuarantineExtent::bytes))
        .description("what they take; not a number while the database is away")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("tlsrpt.quarantine.age", () -> quarantine(this::ageOf))
        .description("since the oldest of them arrived; not a number while the database is away")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("tlsrpt.deliveries.memory", this, IntakeState::memory)
        .description("memory that large deliveries in work hold")
        .baseUnit("bytes")
        .register(meters);
  }

  private Duration spoolAge() {
    return spool.oldestArrival().map(this::since).orElse(Duration.ZERO);
  }

  private double ageOf(QuarantineExtent extent) {
    return extent.oldest() == null ? 0 : since(extent.oldest()).toMillis() / 1_000.0;
  }

  /** Never less than nothing, though clocks step. */
  private Duration since(Instant arrival) {
    var age = Duration.between(arrival, clock.instant());
    return age.isPositive() ? age : Duration.ZERO;
  }

  private double quarantine(ToDoubleFunction<QuarantineExtent> figure) {
    try {
      return figure.applyAsDouble(quarantine.get(QuarantineExtent.class));
    } catch (DataAccessException | TransactionException e) {
      return Double.NaN;
    }
  }

  private double memory() {
    return (double) bodies.leasedBytes() + decoder.leasedBytes();
  }
}
