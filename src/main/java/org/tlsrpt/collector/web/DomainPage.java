package org.tlsrpt.collector.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.report.Domains;
import org.tlsrpt.collector.store.Dimension;
import org.tlsrpt.collector.store.DomainItem;
import org.tlsrpt.collector.store.FailureGroupQueries;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.SummaryQueries;

/** The domains there are, and one of them: who reports, under which policies, and what fails. */
@Controller
class DomainPage {

  private static final int ON_A_PAGE = 50;
  private static final int MOST_DAYS_AND_NAMES = 8_000;
  private static final int MOST_STRIPS = 25;
  private static final int LONGEST_NAME = 255;

  private final Sums sums;
  private final DomainTable domains;
  private final SummaryQueries summaries;
  private final FailureGroupQueries groups;
  private final Clock clock;

  DomainPage(
      Sums sums,
      DomainTable domains,
      SummaryQueries summaries,
      FailureGroupQueries groups,
      Clock clock) {
    this.sums = sums;
    this.domains = domains;
    this.summaries = summaries;
    this.groups = groups;
    this.clock = clock;
  }

  /**
   * All of them.
   *
   * @param after the last one of the page before
   */
  @GetMapping("/domains")
  ModelAndView list(@RequestParam(required = false) @Nullable String after, Reach reach) {
    if (after != null && (after.length() > LONGEST_NAME || after.indexOf('\0') >= 0)) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    var position = after == null || after.isEmpty() ? null : new DomainItem.Position(after);
    var page = domains.byName(reach, List.of(), position, ON_A_PAGE);
    return new ModelAndView("domains")
        .addObject("domains", page.items())
        .addObject("first", position == null)
        .addObject("next", page.last() == null ? null : page.last().domain());
  }

  @GetMapping("/domains/{domain}")
  ModelAndView show(
      @PathVariable String domain,
      @RequestParam MultiValueMap<String, String> parameters,
      Reach reach) {
    var name = domain.length() > LONGEST_NAME ? "" : Domains.asStored(domain);
    var row =
        domains.byName(reach, List.of(name), null, ON_A_PAGE).items().stream()
            .filter(found -> found.domain().equals(name))
            .findFirst();
    var period = Period.of(parameters, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
    if (row.isEmpty() && !isKnown(name, reach)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    var page =
        new ModelAndView("domain")
            .addObject("domain", name)
            .addObject("row", row.orElse(null))
            .addObject("period", period)
            .addObject("base", Filters.of(period, name))
            .addObject("sums", sums.of(reach, List.of(name), period))
            .addObject("view", view(period.filter(reach, List.of(name)), period));
    if (period.problem() != null) {
      page.setStatus(HttpStatus.BAD_REQUEST);
    }
    return page;
  }

  /** A recipient domain all of whose reports are about MX hosts has no row of its own. */
  private boolean isKnown(String name, Reach reach) {
    return !name.isEmpty() && !domains.byName(reach, List.of(name), null, 1).items().isEmpty();
  }

  private DomainView view(ReportFilter filter, Period period) {
    return new DomainView(
        reporters(filter, period),
        policies(filter, period),
        timeline(filter, period),
        groups.ofNewest(
            filter,
            List.of(Dimension.RESULT_TYPE, Dimension.MX, Dimension.REASON_CODE),
            MOST_STRIPS));
  }

  private List<Strip> reporters(ReportFilter filter, Period period) {
    var strips = new Strip.Collector(period);
    summaries
        .sum(filter, List.of(Dimension.DAY, Dimension.ORGANIZATION), MOST_DAYS_AND_NAMES)
        .items()
        .forEach(
            item ->
                strips.add(
                    day(item.keys()), item.keys().get(1), null, item.successful(), item.failed()));
    return strips.strips(MOST_STRIPS);
  }

  private List<Strip> policies(ReportFilter filter, Period period) {
    var strips = new Strip.Collector(period);
    var by = List.of(Dimension.DAY, Dimension.POLICY_TYPE, Dimension.MODE);
    summaries
        .sum(filter, by, MOST_DAYS_AND_NAMES)
        .items()
        .forEach(
            item ->
                strips.add(
                    day(item.keys()),
                    item.keys().get(1),
                    item.keys().get(2),
                    item.successful(),
                    item.failed()));
    return strips.strips(MOST_STRIPS);
  }

  private List<Strip> timeline(ReportFilter filter, Period period) {
    var strips = new Strip.Collector(period);
    groups
        .ofNewest(
            filter,
            List.of(Dimension.DAY, Dimension.RESULT_TYPE, Dimension.MX),
            MOST_DAYS_AND_NAMES)
        .forEach(
            group ->
                strips.add(
                    day(group.keys()),
                    group.keys().get(1),
                    group.keys().get(2),
                    0,
                    group.sessions()));
    return strips.strips(MOST_STRIPS);
  }

  private static String day(List<@Nullable String> keys) {
    return Objects.requireNonNull(keys.getFirst());
  }
}
