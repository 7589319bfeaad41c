package org.tlsrpt.collector.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.tlsrpt.collector.store.SqlFailures;

/** Turns what goes wrong into problem documents, once, for every call. */
final class ErrorAnswers {

  private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

  private static final String BLAND = "Something went wrong here; it is in the log.";

  private ErrorAnswers() {}

  private static ResponseEntity<Object> answer(
      ProblemDetail problem, HttpHeaders headers, HttpStatusCode status) {
    if (problem.getType() == null || "about:blank".equals(problem.getType().toString())) {
      problem.setType(URI.create("urn:tlsrpt-collector:problem:" + status.value()));
    }
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /** Exceptions of controllers. */
  @RestControllerAdvice
  static final class OfControllers extends ResponseEntityExceptionHandler {

    @Override
    protected ResponseEntity<Object> createResponseEntity(
        @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
      var problem = body instanceof ProblemDetail detail ? detail : ProblemDetail.forStatus(status);
      return answer(problem, headers, status);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
        NoResourceFoundException e,
        HttpHeaders headers,
        HttpStatusCode status,
        WebRequest request) {
      return nothingHere();
    }

    @Override
    protected ResponseEntity<Object> handleNoHandlerFoundException(
        NoHandlerFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
      return nothingHere();
    }

    private static ResponseEntity<Object> nothingHere() {
      return answer(
          ProblemDetail.forStatusAndDetail(
              HttpStatus.NOT_FOUND, "There is nothing at this address."),
          new HttpHeaders(),
          HttpStatus.NOT_FOUND);
    }

    /**
     * A query string with names or values that no server takes; found out at the first look at any
     * parameter.
     */
    @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
    ResponseEntity<Object> unreadable(RuntimeException refused) {
      var problem =
          ProblemDetail.forStatusAndDetail(
              HttpStatus.BAD_REQUEST,
              "The parameters cannot be read: too many, without a name, wrongly percent-encoded, or"
                  + " with control characters.");
      problem.setType(URI.create("urn:tlsrpt-collector:problem:parameter"));
      return answer(problem, new HttpHeaders(), HttpStatus.BAD_REQUEST);
    }

    /** The database may be away, which is no surprise. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> database(NestedRuntimeException failure) {
      if (SqlFailures.tookTooLong(failure)) {
        return tooSlow();
      }
      if (!SqlFailures.passes(failure)) {
        return surprise(failure);
      }
      log.warn("A call found no database: {}", failure.getMostSpecificCause().getMessage());
      var headers = new HttpHeaders();
      headers.set(HttpHeaders.RETRY_AFTER, "30");
      return answer(
          ProblemDetail.forStatusAndDetail(
              HttpStatus.SERVICE_UNAVAILABLE, "The database is not available just now."),
          headers,
          HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** The filter finds little among much. Again would take as long: no Retry-After. */
    private static ResponseEntity<Object> tooSlow() {
      var problem =
          ProblemDetail.forStatusAndDetail(
              HttpStatus.SERVICE_UNAVAILABLE,
              "The query took too long and was ended; narrow it by domain, or by from and to.");
      problem.setType(URI.create("urn:tlsrpt-collector:problem:too-slow"));
      return answer(problem, new HttpHeaders(), HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** A surprise: all of it to the log, nothing of it to the client. */
    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<Object> surprise(RuntimeException surprise) {
      log.error("A call failed", surprise);
      return answer(
          ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, BLAND),
          new HttpHeaders(),
          HttpStatus.INTERNAL_SERVER_ERROR);
    }
  }

  /** What filters and the container refuse before any controller sees it. */
  @RestController
  static final class OfContainer implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
      var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
      var status =
          HttpStatus.resolve(
              code instanceof Integer number ? number : HttpStatus.NOT_FOUND.value());
      var known = status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
      return answer(
          ProblemDetail.forStatusAndDetail(
              known, known.is5xxServerError() ? BLAND : known.getReasonPhrase() + "."),
          new HttpHeaders(),
          known);
    }
  }
}
