package org.tlsrpt.collector.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Who makes a call with the session of a browser that logged in. A key in the same request counts
 * alone. A session ends for good some hours after its login, so that whoever the OpenID provider no
 * longer lets in does not stay for ever; with the account it was opened for, or its password, it
 * ends within seconds.
 */
@Component
class BrowserSession extends HttpSessionSecurityContextRepository {

  private static final Duration LONGEST = Duration.ofHours(12);

  /** Of one account at the same time; one more ends the one that was idle longest. */
  private static final int MOST = 10;

  /** Which sessions there are. */
  @Configuration(proxyBeanMethods = false)
  static class Registered {

    @Bean
    SessionRegistry sessionRegistry() {
      return new SessionRegistryImpl();
    }

    /** Tells the registry of those that end. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
      return new HttpSessionEventPublisher();
    }
  }

  private final Clock clock;
  private final SessionRegistry registry;
  private final PasswordLogin passwords;
  private final SecurityContextRepository nobody = new RequestAttributeSecurityContextRepository();

  BrowserSession(Clock clock, SessionRegistry registry, PasswordLogin passwords) {
    this.clock = clock;
    this.registry = registry;
    this.passwords = passwords;
    setAllowSessionCreation(false);
  }

  SessionRegistry registry() {
    return registry;
  }

  SessionAuthenticationStrategy limit() {
    var limit = new ConcurrentSessionControlAuthenticationStrategy(registry);
    limit.setMaximumSessions(MOST);
    return limit;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) == null && isOpen(request)
        ? new AsOfNow(super.loadDeferredContext(request))
        : nobody.loadDeferredContext(request);
  }

  /** The older way to ask must not find what the newer one no longer gives. */
  @Override
  @SuppressWarnings("deprecation")
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return loadDeferredContext(holder.getRequest()).get();
  }

  private boolean isOpen(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null || clock.millis() - session.getCreationTime() >= LONGEST.toMillis()) {
      return false;
    }
    var known = registry.getSessionInformation(session.getId());
    if (known == null) {
      return true;
    }
    known.refreshLastRequest();
    return !known.isExpired();
  }

  /** What an account may do is asked anew for each request, not remembered from the login. */
  private final class AsOfNow implements DeferredSecurityContext {

    private final DeferredSecurityContext kept;
    private @Nullable SecurityContext now;

    AsOfNow(DeferredSecurityContext kept) {
      this.kept = kept;
    }

    @Override
    public SecurityContext get() {
      if (now == null) {
        now = asOfNow(kept.get());
      }
      return now;
    }

    @Override
    public boolean isGenerated() {
      return kept.isGenerated();
    }

    private SecurityContext asOfNow(SecurityContext context) {
      if (context.getAuthentication() instanceof Identity then) {
        var identity = passwords.again(then);
        return identity.isPresent()
            ? new SecurityContextImpl(identity.get())
            : new SecurityContextImpl();
      }
      return context;
    }
  }
}
