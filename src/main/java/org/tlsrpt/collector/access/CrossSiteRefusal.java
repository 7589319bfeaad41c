package org.tlsrpt.collector.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses calls that change something when a browser makes them for a page of another site.
 *
 * <p>Browsers say so themselves: in {@code Sec-Fetch-Site} over https and to localhost, in {@code
 * Origin} elsewhere. No page can forge either. What is no browser says neither and has no login
 * remembered that another could use; it passes.
 */
final class CrossSiteRefusal extends OncePerRequestFilter {

  private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** A page of ours, or the user alone: address bar, bookmark. */
  private static final Set<String> OURS = Set.of("same-origin", "none");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (CHANGE_NOTHING.contains(request.getMethod()) || isOurs(request)) {
      chain.doFilter(request, response);
    } else {
      Refusals.CROSS_SITE.handle(request, response, new AccessDeniedException("cross-site"));
    }
  }

  private static boolean isOurs(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OURS.contains(site);
    }
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null || namesHost(origin, request.getHeader(HttpHeaders.HOST));
  }

  /** The scheme is left out: behind a proxy only the proxy knows it. */
  private static boolean namesHost(String origin, String host) {
    return origin.equalsIgnoreCase("https://" + host) || origin.equalsIgnoreCase("http://" + host);
  }
}
