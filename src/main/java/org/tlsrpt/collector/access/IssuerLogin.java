package org.tlsrpt.collector.access;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.stereotype.Component;

/** Logins with a token that the {@link Issuer} made: a JWT (RFC 9068, RFC 7519). */
@Component
class IssuerLogin {

  /** How far clocks may differ. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final String REFUSED =
      "This token is not taken: it must be signed by the configured issuer, meant for this service"
          + " and not expired.";

  private final IssuerSettings settings;
  private final Issuer issuer;
  private final Attempts attempts;
  private final Clock clock;
  private volatile @Nullable JwtDecoder decoder;

  IssuerLogin(IssuerSettings settings, Issuer issuer, Attempts attempts, Clock clock) {
    this.settings = settings;
    this.issuer = issuer;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Who somebody is.
   *
   * @param token a JWT
   * @param address of the peer
   * @throws RefusedLogin if that is not proved
   */
  Identity check(String token, String address) {
    var audience = settings.audience();
    if (audience == null) {
      throw RefusedLogin.wrongToken("There is no such token.");
    }
    attempts.refuseTokensIfExhausted(address);
    try {
      return identity(decoder(audience).decode(token));
    } catch (BadJwtException e) {
      attempts.wrongToken(address);
      throw RefusedLogin.wrongToken(REFUSED);
    } catch (JwtException e) {
      throw RefusedLogin.unavailable("The issuer of tokens", e);
    }
  }

  private Identity identity(Jwt jwt) {
    // Bound to a key of its holder (RFC 7800), who would have to prove that he has it.
    if (jwt.hasClaim("cnf")) {
      throw RefusedLogin.wrongToken("This token is bound to a key; a bearer token is needed.");
    }
    return new Identity(
        Identity.Kind.OAUTH,
        IssuerClaims.name(jwt.getClaims()),
        IssuerClaims.grantOfToken(jwt.getClaims(), settings),
        jwt.getExpiresAt());
  }

  private JwtDecoder decoder(String audience) {
    var made = decoder;
    if (made == null) {
      var types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
      types.setAllowEmpty(true);
      var times = new JwtTimestampValidator(SKEW);
      times.setClock(clock);
      times.setAllowEmptyExpiryClaim(false);
      var nimbus = issuer.discovered().decoder();
      nimbus.setJwtValidator(
          new DelegatingOAuth2TokenValidator<>(
              types,
              times,
              new JwtIssuerValidator(settings.required()),
              new JwtAudienceValidator(audience)));
      made = nimbus;
      decoder = made;
    }
    return made;
  }
}
