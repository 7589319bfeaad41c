package org.tlsrpt.collector.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.intake.QuarantineReplay;

/** How the collector itself does, as far as this instance knows since it was started. */
@Controller
class StatusPage {

  private static final String DELIVERIES = "tlsrpt.deliveries";

  private final MeterRegistry meters;
  private final QuarantineReplay replay;
  private final Clock clock;

  StatusPage(MeterRegistry meters, QuarantineReplay replay, Clock clock) {
    this.meters = meters;
    this.replay = replay;
    this.clock = clock;
  }

  /**
   * Deliveries that ended alike.
   *
   * @param outcome in one word
   * @param perHour since the start
   * @param millis that one took, on average
   */
  record Outcome(String outcome, long count, long perHour, long millis) {}

  @GetMapping("/status")
  ModelAndView show() {
    var up = uptime();
    return new ModelAndView("status")
        .addObject("outcomes", outcomes(up))
        .addObject("up", up)
        .addObject("now", clock.instant())
        .addObject("spoolFiles", gauge("tlsrpt.spool.files"))
        .addObject("spoolBytes", gauge("tlsrpt.spool.size"))
        .addObject("spoolDamaged", gauge("tlsrpt.spool.damaged"))
        .addObject("spoolAge", gauge("tlsrpt.spool.age"))
        .addObject("quarantined", gauge("tlsrpt.quarantine.entries"))
        .addObject("memory", gauge("tlsrpt.deliveries.memory"))
        .addObject("hasReplica", meters.find("tlsrpt.replica.lag").gauge() != null)
        .addObject("replicaLag", gauge("tlsrpt.replica.lag"))
        .addObject("replay", replay.progress())
        .addObject("version", version())
        .addObject("java", Runtime.version().toString());
  }

  private Duration uptime() {
    var gauge = meters.find("process.uptime").timeGauge();
    return gauge == null
        ? Duration.ZERO
        : Duration.ofSeconds(Math.round(gauge.value(TimeUnit.SECONDS)));
  }

  private List<Outcome> outcomes(Duration up) {
    var hours = Math.max(1.0 / 60, up.toSeconds() / 3_600.0);
    var timers = new TreeMap<String, List<Timer>>();
    for (var timer : meters.find(DELIVERIES).timers()) {
      var outcome = String.valueOf(timer.getId().getTag("outcome"));
      timers.computeIfAbsent(outcome, name -> new ArrayList<>()).add(timer);
    }
    var outcomes = new ArrayList<Outcome>();
    timers.forEach(
        (outcome, all) -> {
          var count = all.stream().mapToLong(Timer::count).sum();
          var millis = all.stream().mapToDouble(it -> it.totalTime(TimeUnit.MILLISECONDS)).sum();
          outcomes.add(
              new Outcome(
                  outcome,
                  count,
                  Math.round(count / hours),
                  Math.round(millis / Math.max(1, count))));
        });
    outcomes.sort(Comparator.comparingLong(Outcome::count).reversed());
    return outcomes;
  }

  /** Minus one where it is not known. */
  private long gauge(String name) {
    var gauge = meters.find(name).gauge();
    var value = gauge == null ? Double.NaN : gauge.value();
    return Double.isNaN(value) ? -1 : Math.round(value);
  }

  private static String version() {
    var version = StatusPage.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
