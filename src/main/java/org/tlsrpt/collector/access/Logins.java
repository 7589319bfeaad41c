package org.tlsrpt.collector.access;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Takes whatever stands in an Authorization header to whoever can judge it. */
@Component
class Logins implements AuthenticationManager {

  private final PasswordLogin passwords;
  private final TokenLogin tokens;
  private final IssuerLogin issued;
  private final LoginJournal journal;

  Logins(PasswordLogin passwords, TokenLogin tokens, IssuerLogin issued, LoginJournal journal) {
    this.passwords = passwords;
    this.tokens = tokens;
    this.issued = issued;
    this.journal = journal;
  }

  @Override
  public Authentication authenticate(Authentication key) {
    var address = address(key);
    try {
      var identity = identity(key, address);
      identity.setDetails(key.getDetails());
      journal.accepted();
      return identity;
    } catch (RefusedLogin refused) {
      journal.refused(refused, address);
      throw refused;
    }
  }

  private Identity identity(Authentication key, String address) {
    return switch (key) {
      case UsernamePasswordAuthenticationToken typed ->
          passwords.check(typed.getName(), String.valueOf(typed.getCredentials()), address);
      case BearerTokenAuthenticationToken bearer
          when bearer.getToken().startsWith(TokenText.PREFIX) ->
          tokens.check(bearer.getToken(), address);
      case BearerTokenAuthenticationToken bearer -> issued.check(bearer.getToken(), address);
      default -> throw new IllegalStateException("no filter makes a " + key.getClass());
    };
  }

  private static String address(Authentication key) {
    return key.getDetails() instanceof WebAuthenticationDetails details
        ? details.getRemoteAddress()
        : "unknown";
  }
}
