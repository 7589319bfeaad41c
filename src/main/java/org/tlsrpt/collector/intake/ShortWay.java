package org.tlsrpt.collector.intake;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes deliveries before the chain of filters that logins and pages need: nobody logs in to
 * deliver, and those filters cost three times as much as reading the report. The answers are the
 * controller's. A path of other characters than letters, digits, dot, hyphen and underscore, and
 * whatever is no POST, go the long way.
 */
final class ShortWay extends HttpFilter {

  private static final long serialVersionUID = 1;

  /** Patterns of the Servlet API: what else begins so is let through below. */
  static final List<String> PATTERNS = List.of("/v1/tlsrpt", "/v1/tlsrpt/*");

  private static final Pattern PATH = Pattern.compile("/v1/tlsrpt(?:/([A-Za-z0-9._-]{1,255})?/?)?");

  /** What access.Chains sets on every answer. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-XSS-Protection", "0",
          "X-Frame-Options", "DENY",
          "Cache-Control", "no-cache, no-store, max-age=0, must-revalidate",
          "Pragma", "no-cache",
          "Expires", "0",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer");

  private static final String TRANSPORT_SECURITY = "max-age=63072000 ; includeSubDomains";

  private final transient TlsRptController controller;
  private final transient JsonMapper json;

  ShortWay(TlsRptController controller, JsonMapper json) {
    this.controller = controller;
    this.json =
        json.rebuild().addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class).build();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = PATH.matcher(request.getRequestURI());
    if (!"POST".equals(request.getMethod()) || !path.matches() || isDots(path.group(1))) {
      chain.doFilter(request, response);
      return;
    }
    var answer = controller.post(path.group(1), request);
    if (answer != null) {
      write(answer, request.isSecure(), response);
    }
  }

  /** What a client or a server on the way may take for a step up. */
  private static boolean isDots(@Nullable String name) {
    return ".".equals(name) || "..".equals(name);
  }

  private void write(ResponseEntity<?> answer, boolean secure, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.getStatusCode().value());
    HEADERS.forEach(response::setHeader);
    if (secure) {
      response.setHeader("Strict-Transport-Security", TRANSPORT_SECURITY);
    }
    answer.getHeaders().forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
    var body = json.writeValueAsBytes(answer.getBody());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
