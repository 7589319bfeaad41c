package org.tlsrpt.collector.web;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The form to log in with; what it sends is taken by the room of access. */
@Controller
class LoginPage {

  static final String PATH = "/login";

  /**
   * The form.
   *
   * @param next the page to go on to
   * @param out there if somebody just logged out
   */
  @GetMapping(PATH)
  ModelAndView show(
      @RequestParam(defaultValue = "/") String next,
      @RequestParam(required = false) @Nullable String out) {
    return form(next, out == null ? "" : "out");
  }

  /**
   * The form with a word before it.
   *
   * @param said key of the words; empty for none
   */
  static ModelAndView form(String next, String said) {
    return new ModelAndView("login").addObject("next", next).addObject("said", said);
  }
}
