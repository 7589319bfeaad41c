package org.tlsrpt.collector.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adds days up once nothing has come for them from one look to the next, by one of the instances.
 * Until then whoever asks adds up the rows; so it may be late, or not run at all, and no sum is
 * wrong.
 */
@Component
class DaySums {

  private static final Logger log = LoggerFactory.getLogger(DaySums.class);

  private static final String WORK = "sums of days";

  /** Of each look: days that keep changing are not worth more of the database. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A day that takes too long to add up is not tried again and again. */
  private static final Duration REST = Duration.ofHours(1);

  private static final String BEGIN =
      """
      select set_config('lock_timeout', '2s', true), set_config('statement_timeout', '60s', true),
        set_config('synchronous_commit', 'off', true), set_config('jit', 'off', true)
      """;

  private static final String DAYS =
      """
      select day, bool_and(quiet) as quiet from day_change
      group by day
      order by day desc
      """;

  private final SmallSteps steps;
  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final Cache<LocalDate, Boolean> failed =
      Caffeine.newBuilder().expireAfterWrite(REST).maximumSize(1_000).build();

  DaySums(SmallSteps steps, TransactionOperations transactions, JdbcClient jdbc) {
    this.steps = steps;
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  private record Changed(LocalDate day, boolean quiet) {}

  /** Looks at the days that have changed. */
  @Scheduled(initialDelay = 15, fixedRate = 60, timeUnit = TimeUnit.SECONDS)
  void run() {
    try {
      var changed = changed();
      if (!changed.isEmpty()) {
        steps.work(WORK, lease -> run(changed, lease));
      }
    } catch (DataAccessException | TransactionException e) {
      // Nobody misses it; that the database is away is said elsewhere, once.
      log.debug("Days are added up later", e);
    }
  }

  private List<Changed> changed() {
    return jdbc.sql(DAYS)
        .query(
            (row, number) ->
                new Changed(row.getObject("day", LocalDate.class), row.getBoolean("quiet")))
        .list();
  }

  private void run(List<Changed> changed, Leases.Lease lease) {
    var begin = System.nanoTime();
    for (var day : changed) {
      if (System.nanoTime() - begin > MOST_NANOS || !lease.renew()) {
        return;
      }
      if (failed.getIfPresent(day.day()) == null) {
        tryToLook(day);
      }
    }
  }

  private void tryToLook(Changed changed) {
    try {
      transactions.executeWithoutResult(t -> look(changed));
    } catch (DataAccessException e) {
      failed.put(changed.day(), true);
      log.info(
          "{} is not added up within the hour: {}",
          changed.day(),
          e.getMostSpecificCause().getMessage());
    }
  }

  /**
   * Marks that come after the first statement stay. Of two who look at the same time the second
   * waits there, and finds nothing.
   */
  private void look(Changed changed) {
    jdbc.sql(BEGIN).query().singleRow();
    if (update("delete from day_change where day = :day", changed) == 0) {
      return;
    }
    if (!changed.quiet()) {
      update("insert into day_change (day, quiet) values (:day, true)", changed);
      return;
    }
    update("delete from day_sum where day = :day", changed);
    for (var keys : KeptSums.ALL) {
      var statement = KeptSums.keep(changed.day(), keys);
      jdbc.sql(statement.text()).params(statement.values()).update();
    }
  }

  private int update(String statement, Changed changed) {
    return jdbc.sql(statement).param("day", changed.day()).update();
  }
}
