package org.tlsrpt.collector.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;

/**
 * Who makes a call.
 *
 * @param kind what proved it
 * @param name for people; of an issuer's users and tokens no more than a claim
 * @param grant what it may do and see
 * @param expiresAt when what proved it ends; {@code null}: not by itself
 */
record Caller(Identity.Kind kind, String name, Grant grant, @Nullable Instant expiresAt) {

  static Caller of(Authentication who) {
    var grant = Grant.of(who.getAuthorities());
    return switch (who) {
      case Identity identity ->
          new Caller(identity.kind(), identity.getName(), grant, identity.expiresAt());
      case OAuth2AuthenticationToken login ->
          new Caller(
              Identity.Kind.OIDC,
              IssuerClaims.name(login.getPrincipal().getAttributes()),
              grant,
              null);
      default -> throw new IllegalStateException("no chain lets in a " + who.getClass());
    };
  }

  /** How the log and lists name who did something. */
  String signature() {
    return switch (kind) {
      case CONFIGURED, USER -> name;
      case TOKEN -> "token " + name;
      case OAUTH -> "issued to " + name;
      case OIDC -> name + " by OpenID";
    };
  }
}
