package org.tlsrpt.collector.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far the copy that queries read is behind. Deliveries do not depend on it, so a copy that is
 * away is no reason to be called down.
 */
final class ReplicaLag implements HealthIndicator, MeterBinder {

  private static final Status DEGRADED = new Status("DEGRADED", "Queries find no database.");

  private static final String WRITTEN = "select cast(pg_current_wal_lsn() as text)";

  /** Bytes are exact; seconds are since the last change arrived, and none if none is missing. */
  private static final String BEHIND =
      """
      select cast(bytes as bigint) as bytes,
        case when bytes <= 0 then 0
          else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end as seconds
      from (select pg_wal_lsn_diff(cast(:written as pg_lsn), pg_last_wal_replay_lsn()) as bytes)
        as lag
      """;

  private final JdbcClient primary;
  private final JdbcClient replica;

  /** One look for all gauges of a scrape. */
  private final LoadingCache<Class<Behind>, Behind> behind =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).build(key -> read());

  ReplicaLag(DataSource primary, DataSource replica) {
    this.primary = JdbcClient.create(primary);
    this.replica = JdbcClient.create(replica);
  }

  /**
   * The distance of the copy.
   *
   * @param bytes of write-ahead log it has not replayed yet; not a number if it is no replica
   * @param seconds since the last change that it replayed, 0 if it has replayed all
   */
  private record Behind(double bytes, double seconds) {}

  @Override
  public Health health() {
    try {
      var lag = behind.get(Behind.class);
      return Health.up()
          .withDetail("behindBytes", lag.bytes())
          .withDetail("behindSeconds", lag.seconds())
          .build();
    } catch (DataAccessException e) {
      return Health.status(DEGRADED).build();
    }
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("tlsrpt.replica.behind", () -> figure(Behind::bytes))
        .description("write-ahead log that queries do not see yet; not a number if unknown")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("tlsrpt.replica.lag", () -> figure(Behind::seconds))
        .description("since the last change that queries see, 0 if they see all")
        .baseUnit("seconds")
        .register(meters);
  }

  private double figure(ToDoubleFunction<Behind> figure) {
    try {
      return figure.applyAsDouble(behind.get(Behind.class));
    } catch (DataAccessException e) {
      return Double.NaN;
    }
  }

  private Behind read() {
    var written = primary.sql(WRITTEN).query(String.class).single();
    return replica
        .sql(BEHIND)
        .param("written", written)
        .query(
            (row, number) ->
                new Behind(number(row.getObject("bytes")), number(row.getObject("seconds"))))
        .single();
  }

  private static double number(Object value) {
    return value instanceof Number number ? Math.max(0, number.doubleValue()) : Double.NaN;
  }
}
