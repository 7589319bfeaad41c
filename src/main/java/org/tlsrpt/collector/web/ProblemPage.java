package org.tlsrpt.collector.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

  /** What a login can end with besides a session. */
  private static final Set<Integer> KNOWN_AT_LOGIN = Set.of(401, 429, 503);

  private static final String PART = "HX-Request";

  /** Refusals of the access rules are forwarded here; nobody reaches the address from outside. */
  @RequestMapping(PATH)
  ModelAndView refused(HttpServletRequest request, HttpServletResponse response) {
    var status = HttpStatusCode.valueOf(response.getStatus());
    if (request.getHeader(PART) == null && LoginPage.PATH.equals(origin(request))) {
      return KNOWN_AT_LOGIN.contains(status.value())
          ? login(status, next(request), "refused-" + status.value())
          : of(status, request);
    }
    if (status.value() == 401) {
      return request.getHeader(PART) == null
          ? login(status, address(request), "needed")
          : reload(response);
    }
    return of(status, request);
  }

  private static ModelAndView login(HttpStatusCode status, String next, String said) {
    var form = LoginPage.form(next, said);
    form.setStatus(status);
    return form;
  }

  /** A part of a page cannot be a login: the whole of it is asked for again. */
  private static ModelAndView reload(HttpServletResponse response) {
    response.setHeader("HX-Refresh", "true");
    return new ModelAndView("problem :: message").addObject("code", 401).addObject("words", "401");
  }

  private static String next(HttpServletRequest request) {
    var next = request.getParameter("next");
    return next == null ? "/" : next;
  }

  private static @Nullable Object origin(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH);
  }

  /** What was asked for, to come back to; forms that were sent are not sent again. */
  private static String address(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")) {
      return "/";
    }
    var query = request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING);
    return origin(request) + (query == null ? "" : "?" + query);
  }

  /** A page over more reports than can be summed up in the time there is. */
  static ModelAndView tooSlow(HttpServletRequest request) {
    return of(HttpStatus.SERVICE_UNAVAILABLE, request).addObject("words", "slow");
  }

  /** The page; where only a part of one was asked for, the message alone. */
  static ModelAndView of(HttpStatusCode status, HttpServletRequest request) {
    int code = status.value();
    var view = request.getHeader(PART) == null ? "problem" : "problem :: message";
    var words = KNOWN.contains(code) ? String.valueOf(code) : code / 100 + "xx";
    return new ModelAndView(view, status).addObject("code", code).addObject("words", words);
  }
}
