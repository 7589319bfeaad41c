package org.tlsrpt.collector.access;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Logins with user name and password: the account in the configuration, which needs no database,
 * and those made by call.
 */
@Component
class PasswordLogin {

  private final AdminAccount.Configured admin;
  private final Users users;
  private final Passwords passwords;
  private final Attempts attempts;
  private final LastUse lastUse;

  PasswordLogin(
      AdminAccount.Configured admin,
      Users users,
      Passwords passwords,
      Attempts attempts,
      LastUse lastUse) {
    this.admin = admin;
    this.users = users;
    this.passwords = passwords;
    this.attempts = attempts;
    this.lastUse = lastUse;
  }

  /**
   * Who somebody is.
   *
   * @param typed the user name
   * @param password the password
   * @param address of the peer
   * @throws RefusedLogin if that is not proved
   */
  Identity check(String typed, String password, String address) {
    var name = typed.toLowerCase(Locale.ROOT);
    if (admin.isNamed(name)) {
      require(name, password, admin.passwordHash(), address);
      return Identity.byPassword(
          Identity.Kind.CONFIGURED, admin.name(), Grant.EVERYTHING, admin.passwordHash());
    }
    var user = prove(name, password, address);
    lastUse.ofAccount(user.user().name());
    return identity(user);
  }

  /**
   * Who somebody is now that logged in before.
   *
   * @param then as they were at their login
   * @return with today's rights; nothing if the account or its password is no longer the same
   * @throws RefusedLogin if that cannot be known just now
   */
  Optional<Identity> again(Identity then) {
    if (then.kind() != Identity.Kind.USER) {
      return Optional.of(then);
    }
    try {
      return users
          .forLogin(then.getName(), () -> {})
          .filter(kept -> kept.password().equals(then.passwordHash()))
          .map(PasswordLogin::identity);
    } catch (DataAccessException | TransactionException e) {
      throw RefusedLogin.unavailable("The database of users", e);
    }
  }

  private static Identity identity(Users.Kept kept) {
    var user = kept.user();
    return Identity.byPassword(Identity.Kind.USER, user.name(), user.grant(), kept.password());
  }

  /**
   * An account made by call, to whoever knows its password.
   *
   * @param name in small letters
   * @param password the password
   * @param address of the peer
   * @throws RefusedLogin if that is not proved
   */
  Users.Kept prove(String name, String password, String address) {
    var kept = user(name, address);
    require(name, password, kept.map(Users.Kept::password).orElse(null), address);
    return kept.orElseThrow(RefusedLogin::wrongPassword);
  }

  private void require(String name, String password, @Nullable String stored, String address) {
    if (!passwords.matches(name, password, stored, address)) {
      throw RefusedLogin.wrongPassword();
    }
  }

  private Optional<Users.Kept> user(String name, String address) {
    if (!Users.isName(name)) {
      return Optional.empty();
    }
    try {
      return users.forLogin(name, () -> attempts.refuseIfExhausted(name, address));
    } catch (DataAccessException | TransactionException e) {
      throw RefusedLogin.unavailable("The database of users", e);
    }
  }
}
