package org.tlsrpt.collector.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Forms that anybody may send are held in memory whole: so few large ones are taken at a time, and
 * strangers who send many fill it with none. Small ones are not counted.
 */
final class LargeForms extends OncePerRequestFilter {

  private static final int SMALL = 64 * 1024;

  /** As {@code server.tomcat.max-http-form-post-size}. */
  private static final int LARGEST = 4 * 1024 * 1024;

  /** Read to its end all the same: no browser shows an answer to what it is still sending. */
  private static final long DRAINED = 32L * 1024 * 1024;

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  private static final int AT_ONCE = 4;
  private static final int PATIENCE_SECONDS = 5;

  private final Semaphore places = new Semaphore(AT_ONCE);

  /** Stands before all pages. */
  @Configuration(proxyBeanMethods = false)
  static class Registration {

    @Bean
    FilterRegistrationBean<LargeForms> largeForms() {
      var registration = new FilterRegistrationBean<>(new LargeForms());
      registration.addUrlPatterns("/record", "/record/*", "/lint");
      return registration;
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length < 0 ? WITHOUT_BODY.contains(request.getMethod()) : length <= SMALL;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isPlaceFree()) {
      refuse(request, response, HttpStatus.SERVICE_UNAVAILABLE);
      return;
    }
    try {
      if (request.getContentLengthLong() > LARGEST) {
        drain(request);
        refuse(request, response, HttpStatus.CONTENT_TOO_LARGE);
      } else {
        chain.doFilter(request, response);
      }
    } finally {
      places.release();
    }
  }

  private boolean isPlaceFree() {
    try {
      return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void drain(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() <= DRAINED) {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status)
      throws ServletException, IOException {
    response.setStatus(status.value());
    request.getRequestDispatcher(ProblemPage.PATH).forward(request, response);
  }
}
