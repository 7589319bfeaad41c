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

  private static final String BASIC = "Basic realm=\"tlsrpt-collector\"";
  private static final String BEARER = "Bearer realm=\"tlsrpt-collector\"";
  private static final String WRONG_BEARER = BEARER + ", error=\"invalid_token\"";

  /** For whoever comes without a key, or with one that is not taken. */
  static final AuthenticationEntryPoint UNAUTHENTICATED =
      (request, response, reason) -> {
        if (reason instanceof RefusedLogin refused) {
          write(response, refused);
        } else {
          challenge(response);
          write(
              response,
              HttpStatus.UNAUTHORIZED,
              "login",
              "Log in with HTTP Basic or with a token.");
        }
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

  /** Says why somebody is not let in. */
  static void write(HttpServletResponse response, RefusedLogin refused) throws IOException {
    write(response, begin(response, refused), typeOf(refused), refused.detail());
  }

  /**
   * The part of an answer that programs read.
   *
   * @return the status it must have
   */
  static HttpStatus begin(HttpServletResponse response, RefusedLogin refused) {
    return switch (refused.reason()) {
      case WRONG_PASSWORD -> {
        challenge(response);
        yield HttpStatus.UNAUTHORIZED;
      }
      case WRONG_TOKEN -> {
        // No word of Basic: browsers that come back from the OpenID provider would ask for it.
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, WRONG_BEARER);
        yield HttpStatus.UNAUTHORIZED;
      }
      case TOO_OFTEN -> {
        retryAfter(response, refused);
        yield HttpStatus.TOO_MANY_REQUESTS;
      }
      case UNAVAILABLE -> {
        retryAfter(response, refused);
        yield HttpStatus.SERVICE_UNAVAILABLE;
      }
    };
  }

  private static String typeOf(RefusedLogin refused) {
    return switch (refused.reason()) {
      case WRONG_PASSWORD, WRONG_TOKEN -> "login";
      case TOO_OFTEN -> "too-many-logins";
      case UNAVAILABLE -> "unavailable";
    };
  }

  static void challenge(HttpServletResponse response) {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BEARER);
  }

  /** Whoever sees a login form needs no dialog of the browser beside it. */
  static void challengeQuietly(HttpServletResponse response) {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, BEARER);
  }

  private static void retryAfter(HttpServletResponse response, RefusedLogin refused) {
    response.setHeader(
        HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, refused.retryAfter().toSeconds())));
  }

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
