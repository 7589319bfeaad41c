package org.tlsrpt.collector.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The login of browsers at the OpenID provider: away to it and back from it. There is none unless
 * {@code tlsrpt.oidc.client-id} is set.
 */
@Component
@Conditional(BrowserLogin.IsWanted.class)
class BrowserLogin {

  private static final Logger log = LoggerFactory.getLogger(BrowserLogin.class);

  static final String BEGIN = "/oauth2/authorization";
  static final String COME_BACK = "/login/oauth2/code/" + OpenIdProvider.REGISTRATION;

  private static final String AFTERWARDS = "/";

  private final OpenIdProvider provider;
  private final LoginJournal journal;
  private final PendingLogins pending;

  BrowserLogin(OpenIdProvider provider, LoginJournal journal, Attempts attempts) {
    this.provider = provider;
    this.journal = journal;
    this.pending = new PendingLogins(attempts);
  }

  /** Whether browsers can log in here. */
  static final class IsWanted implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return isWanted(context.getEnvironment());
    }
  }

  static boolean isWanted(Environment environment) {
    return StringUtils.hasText(environment.getProperty("tlsrpt.oidc.client-id"));
  }

  /** Adds what answers at the two addresses. */
  HttpSecurity addTo(HttpSecurity http) {
    return http.addFilter(away()).addFilter(back());
  }

  private OAuth2AuthorizationRequestRedirectFilter away() {
    var away =
        new OAuth2AuthorizationRequestRedirectFilter(
            new DefaultOAuth2AuthorizationRequestResolver(provider, BEGIN));
    away.setAuthorizationRequestRepository(pending);
    away.setAuthenticationFailureHandler(this::failed);
    return away;
  }

  private OAuth2LoginAuthenticationFilter back() {
    var back = new OAuth2LoginAuthenticationFilter(provider, new NoClients(), COME_BACK);
    back.setAuthenticationManager(new ProviderManager(provider.authentication()));
    back.setAuthorizationRequestRepository(pending);
    back.setSessionAuthenticationStrategy(new ChangeSessionIdAuthenticationStrategy());
    back.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
    back.setAuthenticationSuccessHandler(this::succeeded);
    back.setAuthenticationFailureHandler(this::failed);
    return back;
  }

  private void succeeded(
      HttpServletRequest request, HttpServletResponse response, Authentication login)
      throws IOException {
    journal.accepted();
    response.sendRedirect(AFTERWARDS);
  }

  private void failed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    var refused = refusal(failure);
    journal.refused(refused, request.getRemoteAddr());
    Refusals.write(response, refused);
  }

  /** Ours if there is one below; else the provider's word was not good enough, or it is away. */
  private static RefusedLogin refusal(AuthenticationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedLogin refused) {
        return refused;
      }
      if (cause instanceof IOException) {
        return RefusedLogin.unavailable("The OpenID provider", failure);
      }
    }
    log.debug("A login at the OpenID provider failed", failure);
    return RefusedLogin.wrongToken("The login at the OpenID provider failed; begin it again.");
  }

  /** The provider's tokens have served their purpose once it is known who came. */
  private static final class NoClients implements OAuth2AuthorizedClientRepository {

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // not our signature
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
        String registration, Authentication principal, HttpServletRequest request) {
      return null;
    }

    @Override
    public void saveAuthorizedClient(
        OAuth2AuthorizedClient client,
        Authentication principal,
        HttpServletRequest request,
        HttpServletResponse response) {}

    @Override
    public void removeAuthorizedClient(
        String registration,
        Authentication principal,
        HttpServletRequest request,
        HttpServletResponse response) {}
  }
}
