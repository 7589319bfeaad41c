package org.tlsrpt.collector.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * Who makes a request, by the key in its Authorization header.
 *
 * <p>Of a type of our own: to Spring's own types its filters add the authorities of a session that
 * comes with the same request.
 */
final class Identity extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1;

  /** What proved it. */
  enum Kind {
    /** The account in the configuration. */
    CONFIGURED,
    /** An account made by call. */
    USER,
    /** A token made by call or on the command line. */
    TOKEN,
    /** A token of the OAuth 2 issuer. */
    OAUTH,
    /** A login at the OpenID provider. */
    OIDC
  }

  private final Kind kind;
  private final String name;
  private final @Nullable Instant expiresAt;

  /** The hash of the password that proved it: a session ends with its password. */
  private final @Nullable String passwordHash;

  Identity(Kind kind, String name, Grant grant, @Nullable Instant expiresAt) {
    this(kind, name, grant, expiresAt, null);
  }

  private Identity(
      Kind kind,
      String name,
      Grant grant,
      @Nullable Instant expiresAt,
      @Nullable String passwordHash) {
    super(grant.authorities());
    this.kind = kind;
    this.name = name;
    this.expiresAt = expiresAt;
    this.passwordHash = passwordHash;
    setAuthenticated(true);
  }

  /** Somebody who proved it with a password. */
  static Identity byPassword(Kind kind, String name, Grant grant, String passwordHash) {
    return new Identity(kind, name, grant, null, passwordHash);
  }

  @Nullable String passwordHash() {
    return passwordHash;
  }

  Kind kind() {
    return kind;
  }

  @Nullable Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public Object getPrincipal() {
    return name;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other) && other instanceof Identity identity && kind == identity.kind;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + kind.hashCode();
  }
}
