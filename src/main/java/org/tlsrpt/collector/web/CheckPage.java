package org.tlsrpt.collector.web;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.dnsrecord.CheckAnswer;
import org.tlsrpt.collector.dnsrecord.CheckPart;
import org.tlsrpt.collector.dnsrecord.RecordCheck;

/** Looks up what a domain has published, for who is logged in. */
@Controller
class CheckPage {

  private final RecordCheck check;
  private final Wording wording;
  private final Remarks remarks;

  CheckPage(RecordCheck check, Wording wording, Remarks remarks) {
    this.check = check;
    this.wording = wording;
    this.remarks = remarks;
  }

  /**
   * The page, with an answer as soon as a domain is named.
   *
   * @param mx on: look at the MX hosts for records too
   * @param probe on: send probe reports
   */
  @GetMapping("/record/check")
  ModelAndView show(
      @RequestParam(required = false) @Nullable String domain,
      @RequestParam(defaultValue = "false") boolean mx,
      @RequestParam(defaultValue = "false") boolean probe,
      Locale locale) {
    var page = new ModelAndView("check").addObject("domain", domain == null ? "" : domain);
    if (domain == null) {
      return page.addObject("mx", true).addObject("probe", true);
    }
    page.addObject("mx", mx).addObject("probe", probe);
    return answered(page, check.check(domain, parts(mx, probe)), locale);
  }

  private static Set<CheckPart> parts(boolean mx, boolean probe) {
    var parts = EnumSet.noneOf(CheckPart.class);
    if (mx) {
      parts.add(CheckPart.MX_HOSTS);
    }
    if (probe) {
      parts.add(CheckPart.PROBE);
    }
    return parts;
  }

  private ModelAndView answered(ModelAndView page, CheckAnswer answer, Locale locale) {
    return switch (answer) {
      case CheckAnswer.Checked checked ->
          page.addObject("found", CheckView.of(checked, new CheckWords(wording, remarks, locale)));
      case CheckAnswer.Refused(var offending, var reason) ->
          status(page, HttpStatus.UNPROCESSABLE_CONTENT)
              .addObject("offending", offending)
              .addObject("refusal", wording.in(locale, reason));
      case CheckAnswer.Busy() ->
          status(page, HttpStatus.SERVICE_UNAVAILABLE).addObject("trouble", "busy");
      case CheckAnswer.SwitchedOff() ->
          status(page, HttpStatus.SERVICE_UNAVAILABLE).addObject("trouble", "off");
    };
  }

  private static ModelAndView status(ModelAndView page, HttpStatusCode status) {
    page.setStatus(status);
    return page;
  }
}
