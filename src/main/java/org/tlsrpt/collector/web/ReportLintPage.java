package org.tlsrpt.collector.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.intake.Lint;
import org.tlsrpt.collector.report.Finding;

/** Judges a pasted report against RFC 8460, for authors of senders; it keeps nothing. */
@Controller
class ReportLintPage {

  private static final String VIEW = "report-lint";

  /** Characters. */
  private static final int LONGEST = 1_048_576;

  private static final int MOST_SHOWN = 200;

  private final Lint lint;
  private final Wording wording;

  ReportLintPage(Lint lint, Wording wording) {
    this.lint = lint;
    this.wording = wording;
  }

  /**
   * What is said about a report.
   *
   * @param conforming whether no remark is an error
   * @param more remarks that are not shown
   */
  record Judged(boolean conforming, List<Remarks.Remark> remarks, int more) {}

  @GetMapping("/lint")
  ModelAndView show() {
    return new ModelAndView(VIEW);
  }

  @PostMapping("/lint")
  ModelAndView judge(
      @RequestParam(defaultValue = "") String report, HttpServletRequest request, Locale locale) {
    if (report.length() > LONGEST) {
      throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
    }
    var page = show().addObject("report", report);
    if (report.isBlank()) {
      return page;
    }
    return switch (lint.lintText(request.getRemoteAddr(), report.strip())) {
      case Lint.Linted.Judged(var conforming, var findings) ->
          page.addObject("judged", judged(conforming, findings, locale));
      case Lint.Linted.TooLarge() ->
          throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
      case Lint.Linted.Busy() -> throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
    };
  }

  private Judged judged(boolean conforming, List<Finding> findings, Locale locale) {
    var remarks =
        findings.stream()
            .sorted(Comparator.comparing(Finding::severity))
            .limit(MOST_SHOWN)
            .map(finding -> remark(finding, locale))
            .toList();
    return new Judged(conforming, remarks, findings.size() - remarks.size());
  }

  private Remarks.Remark remark(Finding finding, Locale locale) {
    return new Remarks.Remark(
        finding.severity().name().toLowerCase(Locale.ROOT),
        finding.path(),
        finding.rule(),
        wording.in(locale, finding.message()));
  }
}
