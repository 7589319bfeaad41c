package org.tlsrpt.collector.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** What strangers get to see instead of the page they asked for. */
final class PageRefusals {

  /** The address of the page with the words, reached from here only. */
  private static final String PAGE = "/problem";

  /** The login in place of the page, without the challenge that makes browsers ask themselves. */
  static final AuthenticationEntryPoint LOGIN =
      (request, response, reason) -> {
        if (reason instanceof RefusedLogin refused) {
          show(request, response, Refusals.begin(response, refused));
        } else {
          Refusals.challengeQuietly(response);
          show(request, response, HttpStatus.UNAUTHORIZED);
        }
      };

  static final AccessDeniedHandler FORBIDDEN =
      (request, response, reason) -> show(request, response, HttpStatus.FORBIDDEN);

  /** A page for somebody who mistyped an address, a problem document for who asks for none. */
  static final AuthenticationEntryPoint NOT_FOUND =
      (request, response, reason) -> {
        if (wantsPage(request)) {
          show(request, response, HttpStatus.NOT_FOUND);
        } else {
          Refusals.NOT_FOUND.commence(request, response, reason);
        }
      };

  /** The same for somebody who is logged in. */
  static final AccessDeniedHandler NOT_FOUND_FOR_ANYBODY =
      (request, response, reason) -> {
        if (wantsPage(request)) {
          show(request, response, HttpStatus.NOT_FOUND);
        } else {
          Refusals.NOT_FOUND_FOR_ANYBODY.handle(request, response, reason);
        }
      };

  private PageRefusals() {}

  /** Whether a refused request is on its way to the page. */
  static boolean isForwarded(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.FORWARD
        && PAGE.equals(request.getServletPath());
  }

  static boolean wantsPage(HttpServletRequest request) {
    var accepted = request.getHeader(HttpHeaders.ACCEPT);
    return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
  }

  /** The login once more, with why it failed. */
  static void showLogin(
      HttpServletRequest request, HttpServletResponse response, RefusedLogin refused)
      throws IOException, ServletException {
    var status = Refusals.begin(response, refused);
    if (status == HttpStatus.UNAUTHORIZED) {
      Refusals.challengeQuietly(response);
    }
    show(request, response, status);
  }

  static void show(HttpServletRequest request, HttpServletResponse response, HttpStatus status)
      throws IOException, ServletException {
    response.setStatus(status.value());
    request.getRequestDispatcher(PAGE).forward(request, response);
  }
}
