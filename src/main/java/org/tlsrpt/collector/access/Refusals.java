package org.tlsrpt.collector.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** What strangers get to read instead of what they asked for, as problem documents (RFC 9457). */
final class Refusals {

  static final AuthenticationEntryPoint UNAUTHENTICATED =
      (request, response, reason) -> {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"tlsrpt-collector\"");
        write(response, HttpStatus.UNAUTHORIZED, "login", "Log in with HTTP Basic.");
      };

  static final AccessDeniedHandler FORBIDDEN =
      (request, response, reason) ->
          write(response, HttpStatus.FORBIDDEN, "forbidden", "This account may not do that.");

  static final AccessDeniedHandler CROSS_SITE =
      (request, response, reason) ->
          write(
              response,
              HttpStatus.FORBIDDEN,
              "cross-site",
              "A page of another site may not make this call.");

  static final AuthenticationEntryPoint NOT_FOUND =
      (request, response, reason) -> writeNotFound(response);

  static final AccessDeniedHandler NOT_FOUND_FOR_ANYBODY =
      (request, response, reason) -> writeNotFound(response);

  private Refusals() {}

  private static void writeNotFound(HttpServletResponse response) throws IOException {
    write(response, HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address.");
  }

  /** All parts are constants of ours: nothing needs escaping. */
  private static void write(
      HttpServletResponse response, HttpStatus status, String type, String detail)
      throws IOException {
    var body =
        """
        {"type":"urn:tlsrpt-collector:problem:%s","title":"%s","status":%s,"detail":"%s"}"""
            .formatted(type, status.getReasonPhrase(), status.value(), detail);
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
