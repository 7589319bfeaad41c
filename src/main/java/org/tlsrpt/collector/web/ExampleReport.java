package org.tlsrpt.collector.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.view.RedirectView;
import org.tlsrpt.collector.intake.Delivery;
import org.tlsrpt.collector.intake.Intake;
import org.tlsrpt.collector.intake.Outcome;
import org.tlsrpt.collector.store.NewReport.Source;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.ReportQueries;

/** Sends an empty collector a report, by the way that all take, to show what one looks like. */
@Controller
class ExampleReport {

  private static final String DOMAIN = "example.com";

  private static final String REPORT =
      """
      {"organization-name":"Example Sender","contact-info":"tls-reports@sender.example",
       "report-id":"{day}-{domain}",
       "date-range":{"start-datetime":"{day}T00:00:00Z","end-datetime":"{day}T23:59:59Z"},
       "policies":[{
        "policy":{"policy-type":"sts","policy-domain":"{domain}",
         "policy-string":["version: STSv1","mode: testing","mx: mx1.{domain}","mx: mx2.{domain}",\
      "max_age: 86400"],
         "mx-host":["mx1.{domain}","mx2.{domain}"]},
        "summary":{"total-successful-session-count":412,"total-failure-session-count":21},
        "failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.25",
         "receiving-mx-hostname":"mx2.{domain}","receiving-ip":"198.51.100.12",
         "failed-session-count":21}]}]}
      """;

  private final Intake intake;
  private final ReportQueries reports;
  private final Clock clock;

  ExampleReport(Intake intake, ReportQueries reports, Clock clock) {
    this.intake = intake;
    this.reports = reports;
    this.clock = clock;
  }

  @PostMapping("/example")
  RedirectView send(Reach reach) {
    if (reports.reports(ReportFilter.all(reach), null, 1).items().isEmpty()) {
      switch (intake.accept(delivery())) {
        case Outcome.Stored stored -> {}
        case Outcome.Duplicate duplicate -> {}
        case Outcome.Spooled spooled -> {}
        default -> throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
      }
    }
    var view = new RedirectView("/", true);
    view.setStatusCode(HttpStatus.SEE_OTHER);
    return view;
  }

  private Delivery delivery() {
    var yesterday = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(1);
    var json = REPORT.replace("{day}", yesterday.toString()).replace("{domain}", DOMAIN);
    return new Delivery(
        json.getBytes(StandardCharsets.UTF_8),
        new Source("example", null, null, clock.instant()),
        new Delivery.Headers("application/tlsrpt+json", null),
        DOMAIN);
  }
}
