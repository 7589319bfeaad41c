package org.tlsrpt.collector.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.dnsrecord.CollectorRecord;
import org.tlsrpt.collector.dnsrecord.Generated;
import org.tlsrpt.collector.dnsrecord.PublicUrl;
import org.tlsrpt.collector.dnsrecord.RecordFormat;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.ReportQueries;

/** How things stand; before the first report, what to do for one to come. */
@Controller
class OverviewPage {

  private static final int DOMAINS = 20;
  private static final String EXAMPLE = "example.com";
  private static final int TTL = 3600;

  private static final String CURL =
      "gzip --stdout examples/report.json | curl --data-binary @-"
          + " -H 'Content-Type: application/tlsrpt+gzip' ";

  private final Sums sums;
  private final DomainTable domains;
  private final ReportQueries reports;
  private final PublicUrl here;
  private final Clock clock;

  OverviewPage(Sums sums, DomainTable domains, ReportQueries reports, PublicUrl here, Clock clock) {
    this.sums = sums;
    this.domains = domains;
    this.reports = reports;
    this.here = here;
    this.clock = clock;
  }

  @GetMapping("/")
  ModelAndView show(@RequestParam MultiValueMap<String, String> parameters, Reach reach) {
    if (isEmpty(reach)) {
      return nothingYet(reach);
    }
    var period = Period.of(parameters, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
    var page =
        new ModelAndView("overview")
            .addObject("period", period)
            .addObject("base", Filters.of(period, null))
            .addObject("sums", sums.of(reach, List.of(), period))
            .addObject("domains", domains.worstFirst(reach, DOMAINS));
    if (period.problem() != null) {
      page.setStatus(HttpStatus.BAD_REQUEST);
    }
    return page;
  }

  /** What an empty page asks every few seconds: once there is a report, it is loaded anew. */
  @GetMapping(path = "/", headers = "HX-Request=true")
  ResponseEntity<Void> look(Reach reach) {
    var answer = ResponseEntity.noContent();
    return isEmpty(reach) ? answer.build() : answer.header("HX-Refresh", "true").build();
  }

  private boolean isEmpty(Reach reach) {
    return reports.reports(ReportFilter.all(reach), null, 1).items().isEmpty();
  }

  private ModelAndView nothingYet(Reach reach) {
    var domain =
        switch (reach) {
          case Reach.Everything() -> EXAMPLE;
          case Reach.Domains(var names) -> names.iterator().next();
        };
    var made = CollectorRecord.generate(domain, List.of(here.intake()), here, TTL);
    return new ModelAndView("empty")
        .addObject("domain", domain)
        .addObject(
            "record",
            made instanceof Generated.Record record ? RecordFormat.ZONE.render(record) : "")
        .addObject("curl", CURL + here.intake().replace("{domain}", domain));
  }
}
