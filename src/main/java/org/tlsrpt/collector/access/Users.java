package org.tlsrpt.collector.access;

import static org.tlsrpt.collector.access.AccountRows.utc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Accounts with a password, beside the one in the configuration. */
@Component
class Users {

  private static final Logger log = LoggerFactory.getLogger(Users.class);

  /** Lower case, and nothing that means something in a path, a header or a line of the log. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

  private static final int SHORTEST_PASSWORD = 12;

  private static final String USERS =
      """
      select name, password, scope, domains, created_at, created_by, last_used_at
      from account
      """;

  private final JdbcClient rows;
  private final PasswordEncoder encoder;
  private final AdminAccount.Configured admin;
  private final Clock clock;
  private final Cache<String, Optional<Kept>> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Tokens.REMEMBERED).build();

  Users(
      @Qualifier(AccountPool.NAME) DataSource accounts,
      PasswordEncoder encoder,
      AdminAccount.Configured admin,
      Clock clock) {
    this.rows = JdbcClient.create(accounts);
    this.encoder = encoder;
    this.admin = admin;
    this.clock = clock;
  }

  /**
   * An account that somebody asks for.
   *
   * @param name letters, digits and {@code . _ @ + -}, at most 100; capitals are taken as small
   *     ones
   * @param password at least 12 characters, at most 72 bytes
   * @param scope what it may do
   * @param domains it is limited to, with scope read only; {@code null}: all
   */
  record Wish(String name, String password, Scope scope, @Nullable List<String> domains) {

    @Override
    public String toString() {
      return "Wish[name=" + name + "]";
    }
  }

  /**
   * What shall be different about an account.
   *
   * @param password {@code null}: as it is
   * @param scope {@code null}: as it is
   * @param limit {@code null}: as it is
   */
  record Change(@Nullable String password, @Nullable Scope scope, @Nullable Limit limit) {

    @Override
    public String toString() {
      return "Change[scope=" + scope + ", limit=" + limit + "]";
    }
  }

  /**
   * A limit to domains.
   *
   * @param domains {@code null}: none any more
   */
  record Limit(@Nullable List<String> domains) {}

  /** An account with its hashed password. */
  record Kept(User user, String password) {

    @Override
    public String toString() {
      return "Kept[user=" + user + "]";
    }
  }

  /**
   * Makes an account.
   *
   * @param wish what it may do
   * @param by who makes it
   * @return nothing if the name is taken
   * @throws UnacceptableException if there can be no such account
   */
  Optional<User> make(Wish wish, String by) {
    var name = wish.name().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new UnacceptableException(
          "name", "must be 1 to 100 letters, digits or . _ @ + -, a letter or digit first.");
    }
    if (admin.isNamed(name)) {
      return Optional.empty();
    }
    var domains = Wanted.domains(wish.domains(), wish.scope());
    var password = hashed(wish.password());
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var user = new User(name, wish.scope(), domains, now, by, null);
    if (insert(user, password) == 0) {
      return Optional.empty();
    }
    known.invalidate(name);
    log.info("Account '{}' with scope {} made by {}", name, wish.scope().word(), by);
    return Optional.of(user);
  }

  private int insert(User user, String password) {
    return rows.sql(
            """
            insert into account (name, password, scope, domains, created_at, created_by)
            values (?, ?, ?, ?::text[], ?, ?)
            on conflict (name) do nothing
            """)
        .param(user.name())
        .param(password)
        .param(user.scope().word())
        .param(AccountRows.array(user.domains()))
        .param(utc(user.createdAt()))
        .param(user.createdBy())
        .update();
  }

  private String hashed(String password) {
    if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD) {
      throw new UnacceptableException(
          "password", "must have at least " + SHORTEST_PASSWORD + " characters.");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > AdminAccount.LONGEST_BYTES) {
      throw new UnacceptableException(
          "password", "must not be longer than " + AdminAccount.LONGEST_BYTES + " bytes.");
    }
    return encoder.encode(password);
  }

  /**
   * Changes an account, in one statement, so that two changes at once are both there afterwards.
   *
   * @param name of the account
   * @param change what shall be different
   * @param by who changes it
   * @return the account as it is now; nothing if there is none
   * @throws UnacceptableException if there can be no such account
   */
  Optional<User> change(String name, Change change, String by) {
    var limit = change.limit();
    var domains = limit == null ? null : limit.domains();
    var password = change.password();
    try {
      var changed =
          rows.sql(
                  """
                  update account set password = coalesce(?, password), scope = coalesce(?, scope),
                    domains = case when ? then ?::text[] else domains end
                  where name = ?
                  """)
              .param(password == null ? null : hashed(password))
              .param(change.scope() == null ? null : change.scope().word())
              .param(limit != null)
              .param(AccountRows.array(domains == null ? null : Wanted.domains(domains)))
              .param(name)
              .update();
      if (changed > 0) {
        log.info("Account '{}' changed by {}", name, by);
      }
    } catch (DataIntegrityViolationException e) {
      // The only rule an update can break: a limit beside scope admin.
      throw Wanted.limitedAdmin();
    } finally {
      known.invalidate(name);
    }
    return find(name);
  }

  /**
   * Takes another password for an account, from the person it is of.
   *
   * @param stored the hash that the old password was compared with
   * @return false if the account has another password by now, or is gone
   */
  boolean replacePassword(String name, String stored, String password) {
    try {
      var replaced =
          rows.sql("update account set password = ? where name = ? and password = ?")
                  .param(hashed(password))
                  .param(name)
                  .param(stored)
                  .update()
              > 0;
      if (replaced) {
        log.info("Account '{}' has another password, by itself", name);
      }
      return replaced;
    } finally {
      known.invalidate(name);
    }
  }

  /**
   * Deletes an account: at once here, within seconds at other instances.
   *
   * @return whether it was there
   */
  boolean delete(String name, String by) {
    var deleted = rows.sql("delete from account where name = ?").param(name).update() > 0;
    known.invalidate(name);
    if (deleted) {
      log.info("Account '{}' deleted by {}", name, by);
    }
    return deleted;
  }

  /**
   * Lists accounts by name.
   *
   * @param after the last name of the page before; {@code ""} for the first page
   * @param limit accounts at most, at least 1
   */
  List<User> list(String after, int limit) {
    return rows.sql(USERS + "where name > ? order by name limit ?")
        .param(after)
        .param(limit)
        .query((found, row) -> kept(found).user())
        .list();
  }

  /** An account as it is in the database now. */
  Optional<User> find(String name) {
    return read(name).map(Kept::user);
  }

  /** Whether an account may have this name; what may not is never asked of the database. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * An account for a login, as it was within the last seconds.
   *
   * @param beforeAsking is run before the database is asked, and may throw
   */
  Optional<Kept> forLogin(String name, Runnable beforeAsking) {
    // Whoever forgets an entry waits for one that is being read: it may be what was before.
    return known.get(
        name,
        unknown -> {
          beforeAsking.run();
          return read(unknown);
        });
  }

  private Optional<Kept> read(String name) {
    return rows.sql(USERS + "where name = ?")
        .param(name)
        .query((found, row) -> kept(found))
        .optional();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        new User(
            row.getString("name"),
            AccountRows.scope(row),
            AccountRows.domains(row),
            AccountRows.instantAlways(row, "created_at"),
            row.getString("created_by"),
            AccountRows.instant(row, "last_used_at")),
        row.getString("password"));
  }
}
