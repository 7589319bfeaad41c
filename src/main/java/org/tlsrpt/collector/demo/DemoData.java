package org.tlsrpt.collector.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.Delivery;
import org.tlsrpt.collector.intake.Intake;
import org.tlsrpt.collector.intake.Outcome;
import org.tlsrpt.collector.store.NewReport.Source;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.ReportQueries;

/** Fills an empty database with {@link DemoReports}, by the way that all reports take. */
@Component
@Profile("demo")
class DemoData {

  private static final Logger log = LoggerFactory.getLogger(DemoData.class);

  /** Deliveries at once: they share transactions then. */
  private static final int AT_ONCE = 48;

  private static final String CHANNEL = "demo";
  private static final String BROWSER = "tlsrpt-collector demo";

  private final Intake intake;
  private final ReportQueries reports;
  private final Clock clock;

  DemoData(Intake intake, ReportQueries reports, Clock clock) {
    this.intake = intake;
    this.reports = reports;
    this.clock = clock;
  }

  /** Begins once the pages can be looked at, and is done some seconds later. */
  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    Thread.ofVirtual().name("demo-data").start(this::fillIfEmpty);
  }

  void fillIfEmpty() {
    if (!reports.reports(ReportFilter.all(new Reach.Everything()), null, 1).items().isEmpty()) {
      log.info("There are reports here already: the demo adds none.");
      return;
    }
    var begun = clock.instant();
    var stored = new LongAdder();
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    try {
      var places = new Semaphore(AT_ONCE);
      for (var report : DemoReports.upTo(today)) {
        places.acquire();
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (intake.accept(delivery(report)) instanceof Outcome.Stored) {
                      stored.increment();
                    }
                  } finally {
                    places.release();
                  }
                });
      }
      places.acquire(AT_ONCE);
      var took = Duration.between(begun, clock.instant());
      log.info("The demo made up {} reports in {} s.", stored.sum(), took.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Received the morning after its day. */
  private static Delivery delivery(DemoReports.Report report) {
    var arrival = report.day().plusDays(1).atTime(2, 30).toInstant(ZoneOffset.UTC);
    return new Delivery(
        report.json(),
        new Source(CHANNEL, null, BROWSER, arrival),
        new Delivery.Headers("application/tlsrpt+json", null),
        report.domain());
  }
}
