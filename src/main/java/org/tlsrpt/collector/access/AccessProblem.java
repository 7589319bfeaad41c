package org.tlsrpt.collector.access;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A call about keys or accounts that cannot be carried out, and why (RFC 9457). */
final class AccessProblem extends ErrorResponseException {

  private static final long serialVersionUID = 1;

  private AccessProblem(HttpStatus status, String type, String detail) {
    super(status, problem(status, type, detail), null);
  }

  /** A query parameter that is unknown, malformed or out of its range. */
  static AccessProblem parameter(String name, String rule) {
    var problem =
        new AccessProblem(HttpStatus.BAD_REQUEST, "parameter", "Parameter '" + name + "' " + rule);
    problem.getBody().setProperty("parameter", name);
    return problem;
  }

  /** A member of the body that is unknown, or not acceptable. */
  static AccessProblem member(String name, String rule) {
    var problem =
        new AccessProblem(
            HttpStatus.UNPROCESSABLE_CONTENT, "unacceptable", "Member '" + name + "' " + rule);
    problem.getBody().setProperty("parameter", name);
    return problem;
  }

  static AccessProblem of(UnacceptableException unacceptable) {
    return member(unacceptable.part(), unacceptable.getMessage());
  }

  static AccessProblem notFound(String detail) {
    return new AccessProblem(HttpStatus.NOT_FOUND, "not-found", detail);
  }

  static AccessProblem taken(String detail) {
    return new AccessProblem(HttpStatus.CONFLICT, "name-taken", detail);
  }

  /** The caller's key is no password of an account made by call. */
  static AccessProblem withoutPassword() {
    return new AccessProblem(
        HttpStatus.CONFLICT,
        "no-password",
        "Only accounts made by /v1/users have a password that can be changed here; that of the"
            + " configuration stands in tlsrpt.admin.password, and tokens have none.");
  }

  static AccessProblem wrongOldPassword() {
    return member("old", "is not the password of this account.");
  }

  /** Of a password that proves something else than who calls. */
  static AccessProblem of(RefusedLogin refused) {
    return switch (refused.reason()) {
      case WRONG_PASSWORD, WRONG_TOKEN -> wrongOldPassword();
      case TOO_OFTEN -> later(HttpStatus.TOO_MANY_REQUESTS, "too-many-logins", refused);
      case UNAVAILABLE -> later(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", refused);
    };
  }

  private static AccessProblem later(HttpStatus status, String type, RefusedLogin refused) {
    var problem = new AccessProblem(status, type, refused.detail());
    problem
        .getHeaders()
        .set(
            HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, refused.retryAfter().toSeconds())));
    return problem;
  }

  static AccessProblem tooLarge(int most) {
    return new AccessProblem(
        HttpStatus.CONTENT_TOO_LARGE,
        "body-too-large",
        "The body is larger than " + most + " bytes.");
  }

  static AccessProblem unreadable(String detail) {
    return new AccessProblem(HttpStatus.BAD_REQUEST, "body", detail);
  }

  private static ProblemDetail problem(HttpStatus status, String type, String detail) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:tlsrpt-collector:problem:" + type));
    return problem;
  }
}
