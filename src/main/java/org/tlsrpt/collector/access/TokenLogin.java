package org.tlsrpt.collector.access;

import java.time.Clock;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Logins with a token of {@link Tokens}. */
@Component
class TokenLogin {

  private final Tokens tokens;
  private final Attempts attempts;
  private final LastUse lastUse;
  private final Clock clock;

  TokenLogin(Tokens tokens, Attempts attempts, LastUse lastUse, Clock clock) {
    this.tokens = tokens;
    this.attempts = attempts;
    this.lastUse = lastUse;
    this.clock = clock;
  }

  /**
   * Who somebody is.
   *
   * @param text {@code tlsr_…}
   * @param address of the peer
   * @throws RefusedLogin if that is not proved; only the holder of the secret learns more than that
   *     there is no such token
   */
  Identity check(String text, String address) {
    var given = TokenText.parse(text).orElseThrow(() -> unknown(address));
    var token =
        kept(given, address)
            .filter(kept -> given.matches(kept.secret()))
            .orElseThrow(() -> unknown(address))
            .token();
    if (token.isRevoked()) {
      throw RefusedLogin.wrongToken("This token was revoked.");
    }
    if (token.isExpired(clock.instant())) {
      throw RefusedLogin.wrongToken("This token has expired.");
    }
    lastUse.ofToken(token.id());
    return new Identity(Identity.Kind.TOKEN, token.name(), token.grant(), token.expiresAt());
  }

  private Optional<Tokens.Kept> kept(TokenText given, String address) {
    try {
      return tokens.forLogin(given.id(), () -> attempts.refuseTokensIfExhausted(address));
    } catch (DataAccessException | TransactionException e) {
      throw RefusedLogin.unavailable("The database of tokens", e);
    }
  }

  private RefusedLogin unknown(String address) {
    attempts.wrongToken(address);
    return RefusedLogin.wrongToken("There is no such token.");
  }
}
