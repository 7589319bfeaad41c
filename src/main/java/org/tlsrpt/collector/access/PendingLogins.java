package org.tlsrpt.collector.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.util.WebUtils;

/**
 * Browsers that were sent to the OpenID provider and are not back yet. Bounded, and apart from
 * sessions: those are for who has logged in, and strangers could begin logins without end.
 */
final class PendingLogins implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  private static final String COOKIE = "tlsrpt-login";
  private static final String PATH = "/login";
  private static final int MOST = 10_000;
  private static final int RANDOM_BYTES = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Attempts attempts;
  private final SecureRandom random = new SecureRandom();
  private final Cache<String, OAuth2AuthorizationRequest> pending =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(PATIENCE).build();

  PendingLogins(Attempts attempts) {
    this.attempts = attempts;
  }

  @Override
  public void saveAuthorizationRequest(
      OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
    attempts.loginBegun(request.getRemoteAddr());
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    var key = HexFormat.of().formatHex(bytes);
    pending.put(key, begun);
    setCookie(key, PATIENCE, request, response);
  }

  /** Only for the browser that began it, and with the state it was sent away with. */
  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    var cookie = WebUtils.getCookie(request, COOKIE);
    var begun = cookie == null ? null : pending.getIfPresent(cookie.getValue());
    var state = request.getParameter(OAuth2ParameterNames.STATE);
    return begun != null && state != null && state.equals(begun.getState()) ? begun : null;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    var begun = loadAuthorizationRequest(request);
    var cookie = WebUtils.getCookie(request, COOKIE);
    if (begun != null && cookie != null) {
      pending.invalidate(cookie.getValue());
      setCookie("", Duration.ZERO, request, response);
    }
    return begun;
  }

  private static void setCookie(
      String value, Duration age, HttpServletRequest request, HttpServletResponse response) {
    var cookie =
        ResponseCookie.from(COOKIE, value)
            .path(PATH)
            .httpOnly(true)
            .secure(request.isSecure())
            // The way back from the provider is a navigation from another site.
            .sameSite("Lax")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
