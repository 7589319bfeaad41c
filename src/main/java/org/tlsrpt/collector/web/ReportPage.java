package org.tlsrpt.collector.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportItem;
import org.tlsrpt.collector.store.ReportQueries;
import org.tlsrpt.collector.store.WholeReport;

/** The reports there are, and one of them: what it says, and the document it was read from. */
@Controller
class ReportPage {

  private static final int ON_A_PAGE = 50;
  private static final int LAST_PAGE = 100;
  private static final int MOST_FAILURES = 200;
  private static final int MOST_POLICIES = 100;

  private final ReportQueries reports;
  private final JsonLines lines;

  ReportPage(ReportQueries reports, JsonLines lines) {
    this.reports = reports;
    this.lines = lines;
  }

  /** A part of the table, as {@link FailuresPage.Part}. */
  record Part(List<ReportItem> items, int number, boolean more, boolean end) {}

  /**
   * The failures of a report.
   *
   * @param byPolicy by the place of their policy
   * @param left how many are not shown
   */
  record Failures(Map<Integer, List<WholeReport.Failure>> byPolicy, long left) {

    public List<WholeReport.Failure> of(int policy) {
      return byPolicy.getOrDefault(policy, List.of());
    }
  }

  @GetMapping("/reports")
  ModelAndView list(
      @RequestParam MultiValueMap<String, String> parameters,
      @RequestParam(defaultValue = "1") String page,
      Reach reach) {
    var filters = Filters.of(parameters);
    var model = new ModelAndView("reports").addObject("filters", filters);
    if (!filters.valid()) {
      model.setStatus(HttpStatus.BAD_REQUEST);
      return model;
    }
    var number = page.matches("[0-9]{1,4}") ? Math.clamp(Integer.parseInt(page), 1, LAST_PAGE) : 1;
    var wanted = number * ON_A_PAGE;
    var found = reports.reports(filters.filter(reach), null, wanted + 1).items();
    var more = found.size() > wanted;
    var shown =
        found.subList(Math.min(found.size(), wanted - ON_A_PAGE), Math.min(wanted, found.size()));
    return model.addObject(
        "part", new Part(shown, number, more && number < LAST_PAGE, more && number == LAST_PAGE));
  }

  @GetMapping("/reports/{id}")
  ModelAndView show(@PathVariable String id, Reach reach) {
    var uuid = PastedId.parse(id);
    var report = reports.report(uuid, reach).orElseThrow(PastedId::unknown);
    var document = reports.document(uuid, reach);
    return new ModelAndView("report")
        .addObject("report", report)
        .addObject(
            "policies",
            report.policies().subList(0, Math.min(MOST_POLICIES, report.policies().size())))
        .addObject("failures", failures(uuid, reach))
        .addObject("hasDocument", document.isPresent())
        .addObject("tokens", document.map(lines::of).orElse(null));
  }

  private Failures failures(UUID id, Reach reach) {
    var byPolicy = new TreeMap<Integer, List<WholeReport.Failure>>();
    var seen = new long[1];
    reports.eachFailure(
        id,
        reach,
        failure -> {
          if (seen[0]++ < MOST_FAILURES) {
            byPolicy.computeIfAbsent(failure.n(), n -> new ArrayList<>()).add(failure);
          }
        });
    return new Failures(byPolicy, Math.max(0, seen[0] - MOST_FAILURES));
  }
}
