package org.tlsrpt.collector.api;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A call that cannot be answered, and why, in words for whoever made it (RFC 9457). */
final class ApiProblem extends ErrorResponseException {

  private static final long serialVersionUID = 1;

  private ApiProblem(HttpStatus status, String type, String detail) {
    super(status, problem(status, type, detail), null);
  }

  /** A parameter that is unknown, malformed or out of its range. */
  static ApiProblem parameter(String name, String rule) {
    var problem =
        new ApiProblem(HttpStatus.BAD_REQUEST, "parameter", "Parameter '" + name + "' " + rule);
    problem.getBody().setProperty("parameter", name);
    return problem;
  }

  /** A part of a request that is well-formed and not acceptable. */
  static ApiProblem unacceptable(String part, String detail) {
    var problem = new ApiProblem(HttpStatus.UNPROCESSABLE_CONTENT, "unacceptable", detail);
    problem.getBody().setProperty("parameter", part);
    return problem;
  }

  static ApiProblem notFound(String detail) {
    return new ApiProblem(HttpStatus.NOT_FOUND, "not-found", detail);
  }

  /** A trouble of ours; the same call may succeed later. */
  static ApiProblem unavailable(String detail) {
    var problem = new ApiProblem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", detail);
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "60");
    return problem;
  }

  /** Any other. */
  static ApiProblem of(HttpStatus status, String type, String detail) {
    return new ApiProblem(status, type, detail);
  }

  private static ProblemDetail problem(HttpStatus status, String type, String detail) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:tlsrpt-collector:problem:" + type));
    return problem;
  }
}
