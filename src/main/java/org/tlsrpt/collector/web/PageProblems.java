package org.tlsrpt.collector.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.store.SqlFailures;

/** Answers what goes wrong on pages with a page; calls get problem documents elsewhere. */
@Component
class PageProblems implements HandlerExceptionResolver, Ordered {

  private static final Logger log = LoggerFactory.getLogger(PageProblems.class);

  private static final String CALLS = "/v1/";

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception problem) {
    if (request.getServletPath().startsWith(CALLS)) {
      return null;
    }
    var status = status(problem);
    if (status.value() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
      log.error("A page failed", problem);
    } else if (status.is5xxServerError()) {
      log.warn("A page found no answer: {}", String.valueOf(problem.getMessage()));
    }
    if (problem instanceof ErrorResponse answer) {
      answer.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
    }
    return SqlFailures.tookTooLong(problem)
        ? ProblemPage.tooSlow(request)
        : ProblemPage.of(status, request);
  }

  private static HttpStatusCode status(Exception problem) {
    return switch (problem) {
      case ErrorResponse answer -> answer.getStatusCode();
      case RequestRejectedException odd -> HttpStatus.BAD_REQUEST;
      case InvalidParameterException form -> HttpStatusCode.valueOf(form.getErrorCode());
      case DataAccessResourceFailureException away -> HttpStatus.SERVICE_UNAVAILABLE;
      case QueryTimeoutException slow -> HttpStatus.SERVICE_UNAVAILABLE;
      case TransientDataAccessException busy -> HttpStatus.SERVICE_UNAVAILABLE;
      case TransactionException away -> HttpStatus.SERVICE_UNAVAILABLE;
      default ->
          SqlFailures.passes(problem)
              ? HttpStatus.SERVICE_UNAVAILABLE
              : HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
