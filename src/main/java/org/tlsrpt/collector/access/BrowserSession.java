package org.tlsrpt.collector.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Who makes a call with the session of a browser that logged in. A key in the same request counts
 * alone. A session ends for good some hours after its login, so that whoever the OpenID provider no
 * longer lets in does not stay for ever.
 */
@Component
class BrowserSession extends HttpSessionSecurityContextRepository {

  private static final Duration LONGEST = Duration.ofHours(12);

  private final Clock clock;
  private final SecurityContextRepository nobody = new RequestAttributeSecurityContextRepository();

  BrowserSession(Clock clock) {
    this.clock = clock;
    setAllowSessionCreation(false);
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) == null && isYoung(request)
        ? super.loadDeferredContext(request)
        : nobody.loadDeferredContext(request);
  }

  private boolean isYoung(HttpServletRequest request) {
    var session = request.getSession(false);
    return session != null && clock.millis() - session.getCreationTime() < LONGEST.toMillis();
  }
}
