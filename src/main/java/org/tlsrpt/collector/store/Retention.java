package org.tlsrpt.collector.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.tlsrpt.collector.store.Leases.Lease;
import org.tlsrpt.collector.store.SmallSteps.End;
import org.tlsrpt.collector.store.Sweep.Means;

/**
 * Deletes reports, or their documents only, that have been kept long enough: once a day, by one of
 * the instances.
 *
 * <p>A report is as old as its day. One that has no day, or a day that is still to come, is as old
 * as its arrival: senders' clocks are what they are, and no report may stay for ever.
 */
@Component
class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final LocalDate NO_DAY = LocalDate.EPOCH;
  private static final LocalDate FIRST_DAY = NO_DAY.plusDays(1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /** Documents of reports that arrived after their time are looked for once a week. */
  private static final DayOfWeek DAY_OF_LATECOMERS = DayOfWeek.SUNDAY;

  private final Settings settings;
  private final Leases leases;
  private final SmallSteps steps;
  private final Clock clock;
  private final Tally tally;

  /**
   * How long reports are kept.
   *
   * @param reports all of a report; {@code null} for ever
   * @param raw the document as received; {@code null} as long as the report
   */
  @ConfigurationProperties("tlsrpt.retention")
  record Settings(@Nullable Period reports, @Nullable Period raw) {

    private static final LocalDate SOME_DAY = LocalDate.of(2001, 3, 1);

    /** Refuses at the start what would delete everything, or nothing, by a typo. */
    Settings {
      check("tlsrpt.retention.reports", reports);
      check("tlsrpt.retention.raw", raw);
      if (reports != null && raw != null && SOME_DAY.minus(raw).isBefore(SOME_DAY.minus(reports))) {
        throw new IllegalArgumentException(
            "tlsrpt.retention.raw must not be longer than tlsrpt.retention.reports: a document goes"
                + " with its report");
      }
    }

    private static void check(String name, @Nullable Period period) {
      if (period != null && !isWithinReason(period)) {
        throw new IllegalArgumentException(
            name + " must be between 1 day and 1000 years, as 400d or P13M");
      }
    }

    private static boolean isWithinReason(Period period) {
      try {
        var day = SOME_DAY.minus(period);
        return !period.isNegative()
            && day.isBefore(SOME_DAY)
            && !day.isBefore(SOME_DAY.minusYears(1000));
      } catch (DateTimeException | ArithmeticException e) {
        return false;
      }
    }
  }

  Retention(Settings settings, Leases leases, SmallSteps steps, Clock clock, MeterRegistry meters) {
    this.settings = settings;
    this.leases = leases;
    this.steps = steps;
    this.clock = clock;
    this.tally = new Tally(meters, "tlsrpt.retention.purged", "deleted, as kept long enough");
  }

  /**
   * Some work of a day.
   *
   * @param name of its lease
   * @param before what is older than this day goes
   * @param sweeps that find it
   */
  private record Work(String name, LocalDate before, List<Sweep> sweeps) {}

  /** Does today's work, if there is any and no other instance has done it or is at it. */
  @Scheduled(initialDelay = 5, fixedRate = 60, timeUnit = TimeUnit.MINUTES)
  void run() {
    try {
      var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      if (settings.reports() != null) {
        run(reports(today, today.minus(settings.reports())));
      }
      if (settings.raw() != null) {
        run(documents(today, today.minus(settings.raw())));
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn(
          "Retention goes on within the hour, as the database says: {}",
          e.getMostSpecificCause().getMessage());
    }
  }

  private static Work reports(LocalDate today, LocalDate before) {
    return new Work(
        "retention of reports",
        before,
        List.of(
            new Sweep(Walk.ofDays(FIRST_DAY, before.minusDays(1)), Means.DELETE),
            new Sweep(Walk.ofDays(NO_DAY, NO_DAY, beginning(before)), Means.DELETE),
            new Sweep(Walk.ofDays(today.plusDays(1), LAST_DAY, beginning(before)), Means.DELETE)));
  }

  /** No index knows which rows still have a document; so days that are done are not seen again. */
  private Work documents(LocalDate today, LocalDate before) {
    var name = "retention of documents";
    var from =
        today.getDayOfWeek() == DAY_OF_LATECOMERS
            ? FIRST_DAY
            : leases.note(name).map(LocalDate::parse).orElse(FIRST_DAY);
    return new Work(
        name,
        before,
        List.of(
            new Sweep(Walk.ofDocuments(from, before.minusDays(1)), Means.DELETE_DOCUMENT),
            new Sweep(Walk.ofDocuments(NO_DAY, NO_DAY, beginning(before)), Means.DELETE_DOCUMENT),
            new Sweep(
                Walk.ofDocuments(today.plusDays(1), LAST_DAY, beginning(before)),
                Means.DELETE_DOCUMENT)));
  }

  private static Instant beginning(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void run(Work work) {
    if (!isDone(work)) {
      steps.work(work.name(), lease -> run(work, lease));
    }
  }

  private boolean isDone(Work work) {
    return leases.note(work.name()).equals(Optional.of(work.before().toString()));
  }

  private void run(Work work, Lease lease) {
    var begin = System.nanoTime();
    var sum = new AtomicReference<>(Removed.NOTHING);
    var end = End.STOPPED;
    try {
      end = sweep(work.sweeps(), lease, sum);
      if (end == End.DONE) {
        lease.note(work.before().toString());
      }
    } finally {
      var removed = sum.get();
      log.info(
          "The {} of days before {} {}: {} reports, {} policies, {} failures, {} documents deleted"
              + " in {} s",
          work.name(),
          work.before(),
          end == End.DONE ? "is done" : "ended early",
          removed.reports(),
          removed.policies(),
          removed.failures(),
          removed.documents(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
    }
  }

  private End sweep(List<Sweep> sweeps, Lease lease, AtomicReference<Removed> sum) {
    for (var sweep : sweeps) {
      var end =
          steps.run(
              lease,
              sweep,
              removed -> {},
              removed -> {
                tally.add(removed);
                sum.accumulateAndGet(removed, Removed::plus);
              });
      if (end != End.DONE) {
        return end;
      }
    }
    return End.DONE;
  }
}
