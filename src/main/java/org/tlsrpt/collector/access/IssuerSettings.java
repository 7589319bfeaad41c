package org.tlsrpt.collector.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The issuer whose tokens and logins are taken. What is empty counts as not set.
 *
 * @param issuer its address, as the claim {@code iss} has it; not set: none
 * @param audience must stand in the claim {@code aud} of bearer tokens; not set: none are taken
 * @param clientId of this service at the issuer, for logins of browsers; not set: none are taken
 * @param clientSecret of this service; not set: a public client, by PKCE alone
 * @param defaultScope of browser logins whose claims name none: none, read or admin
 * @param scopeClaim the claim that holds {@code tlsrpt.read} or {@code tlsrpt.admin}
 */
@ConfigurationProperties("tlsrpt.oidc")
record IssuerSettings(
    @Nullable String issuer,
    @Nullable String audience,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @DefaultValue("none") DefaultScope defaultScope,
    @DefaultValue("tlsrpt_scope") String scopeClaim) {

  /** A scope, or none. */
  enum DefaultScope {
    NONE,
    READ,
    ADMIN;

    @Nullable Scope scope() {
      return switch (this) {
        case NONE -> null;
        case READ -> Scope.READ;
        case ADMIN -> Scope.ADMIN;
      };
    }
  }

  /** Refuses what would be half an issuer. */
  IssuerSettings {
    issuer = set(issuer);
    audience = set(audience);
    clientId = set(clientId);
    clientSecret = set(clientSecret);
    if (issuer == null && (audience != null || clientId != null)) {
      throw new IllegalArgumentException("tlsrpt.oidc.issuer is missing");
    }
    if (issuer != null && !isUsable(issuer)) {
      throw new IllegalArgumentException(
          "tlsrpt.oidc.issuer must be an https address like https://login.example.net/realm,"
              + " or an http address of this machine");
    }
    if (issuer != null && audience == null && clientId == null) {
      throw new IllegalArgumentException(
          "tlsrpt.oidc.issuer needs tlsrpt.oidc.audience for tokens, tlsrpt.oidc.client-id for"
              + " logins of browsers, or both");
    }
  }

  private static @Nullable String set(@Nullable String text) {
    return StringUtils.hasText(text) ? text.strip() : null;
  }

  private static boolean isUsable(String issuer) {
    try {
      var uri = new URI(issuer);
      return uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && isThisMachine(uri.getHost())));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || SourceAddress.isLoopback(host);
  }

  /** The issuer, where there is one. */
  String required() {
    return Objects.requireNonNull(issuer, "tlsrpt.oidc.issuer");
  }

  /** The client id, where browsers log in. */
  String requiredClientId() {
    return Objects.requireNonNull(clientId, "tlsrpt.oidc.client-id");
  }

  @Override
  public String toString() {
    return "IssuerSettings[issuer=" + issuer + ", audience=" + audience + "]";
  }
}
