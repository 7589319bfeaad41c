package org.tlsrpt.collector.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Judges pasted records: on the whole page, or while somebody types with the judgement alone. */
@Controller
class LintPage {

  /** Characters; a DNS answer holds a sixteenth of them. */
  private static final int LONGEST = 1_048_576;

  private final RecordPage page;
  private final Judgement.Judge judge;

  LintPage(RecordPage page, Judgement.Judge judge) {
    this.page = page;
    this.judge = judge;
  }

  /** The page itself, so that its address can be kept. */
  @GetMapping("/record/lint")
  ModelAndView show() {
    return page.blank();
  }

  @PostMapping("/record/lint")
  ModelAndView judge(@RequestParam(defaultValue = "") String records, Locale locale) {
    return judged(page.blank(), records, locale).addObject("records", records);
  }

  /** What is swapped into the page. */
  @PostMapping(path = "/record/lint", headers = "HX-Request=true")
  ModelAndView judgeOnly(@RequestParam(defaultValue = "") String records, Locale locale) {
    return judged(new ModelAndView("lint :: live"), records, locale);
  }

  private ModelAndView judged(ModelAndView view, String records, Locale locale) {
    if (records.length() > LONGEST) {
      throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
    }
    var pasted = Pasted.of(records);
    return pasted.isEmpty() ? view : view.addObject("judgement", judge.of(pasted, locale));
  }
}
