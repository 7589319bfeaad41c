package org.tlsrpt.collector.access;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * The {@link Issuer} as one where people log in: OpenID Connect Core 1.0, authorization code, PKCE.
 */
@Component
class OpenIdProvider implements ClientRegistrationRepository {

  /** The last part of the addresses a login begins at and comes back to. */
  static final String REGISTRATION = "oidc";

  private static final String COME_BACK = "{baseUrl}/login/oauth2/code/{registrationId}";

  private final IssuerSettings settings;
  private final Issuer issuer;
  private final Clock clock;
  private volatile @Nullable ClientRegistration registration;

  OpenIdProvider(IssuerSettings settings, Issuer issuer, Clock clock) {
    this.settings = settings;
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * What Spring Security must know to send a browser there.
   *
   * @throws RefusedLogin if the issuer does not answer
   */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    if (!REGISTRATION.equals(id)) {
      return null;
    }
    var known = registration;
    if (known == null) {
      known = registration(issuer.discovered().metadata());
      registration = known;
    }
    return known;
  }

  private ClientRegistration registration(Map<String, Object> metadata) {
    var builder =
        ClientRegistrations.fromOidcConfiguration(metadata)
            .registrationId(REGISTRATION)
            .clientId(settings.requiredClientId())
            .redirectUri(COME_BACK)
            .scope("openid", "profile")
            .clientSettings(
                ClientRegistration.ClientSettings.builder().requireProofKey(true).build());
    return settings.clientSecret() == null
        ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
        : builder.clientSecret(settings.clientSecret()).build();
  }

  /** Trades the code for tokens and judges them. */
  OidcAuthorizationCodeAuthenticationProvider authentication() {
    var authentication = new OidcAuthorizationCodeAuthenticationProvider(tokens(), this::user);
    authentication.setJwtDecoderFactory(this::idTokens);
    return authentication;
  }

  private static OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
    var tokens = new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(Issuer.requests())
            .configureMessageConverters(
                converters -> {
                  converters.addCustomConverter(new FormHttpMessageConverter());
                  converters.addCustomConverter(
                      new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return tokens;
  }

  private JwtDecoder idTokens(ClientRegistration registration) {
    var times = new JwtTimestampValidator(IssuerLogin.SKEW);
    times.setClock(clock);
    var content = new OidcIdTokenValidator(registration);
    content.setClockSkew(IssuerLogin.SKEW);
    content.setClock(clock);
    var decoder = issuer.discovered().decoder();
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, content));
    decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
    return decoder;
  }

  private OidcUser user(OidcUserRequest login) {
    var template = new RestTemplate(Issuer.requests());
    template.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    var userInfo = new DefaultOAuth2UserService();
    userInfo.setRestOperations(template);
    var users = new OidcUserService();
    users.setOauth2UserService(userInfo);
    var user = users.loadUser(login);
    var grant = IssuerClaims.grantOfUser(user.getClaims(), settings);
    return new DefaultOidcUser(grant.authorities(), user.getIdToken(), user.getUserInfo());
  }
}
