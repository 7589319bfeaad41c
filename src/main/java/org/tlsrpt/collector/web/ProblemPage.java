package org.tlsrpt.collector.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The page for a browser that does not get what it asked for. */
@Controller
class ProblemPage {

  static final String PATH = "/problem";

  /** Statuses with words of their own; others are described by their first digit. */
  private static final Set<Integer> KNOWN = Set.of(400, 401, 403, 404, 405, 413, 503);

  /** Refusals of the access rules are forwarded here; nobody reaches the address from outside. */
  @RequestMapping(PATH)
  ModelAndView refused(HttpServletRequest request, HttpServletResponse response) {
    return of(HttpStatusCode.valueOf(response.getStatus()), request);
  }

  /** The page; where only a part of one was asked for, the message alone. */
  static ModelAndView of(HttpStatusCode status, HttpServletRequest request) {
    int code = status.value();
    var view = request.getHeader("HX-Request") == null ? "problem" : "problem :: message";
    var words = KNOWN.contains(code) ? String.valueOf(code) : code / 100 + "xx";
    return new ModelAndView(view, status).addObject("code", code).addObject("words", words);
  }
}
