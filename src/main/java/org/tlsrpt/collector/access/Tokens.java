package org.tlsrpt.collector.access;

import static org.tlsrpt.collector.access.AccountRows.utc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bearer tokens: made, listed and revoked. Of a secret only its hash is kept. */
@Component
public class Tokens {

  /** How long another instance may still take a token that was revoked here. */
  static final Duration REMEMBERED = Duration.ofSeconds(5);

  /** For whoever wonders what became of a token. */
  private static final Duration SHOWN_AFTER_ITS_END = Duration.ofDays(90);

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private static final Logger log = LoggerFactory.getLogger(Tokens.class);

  private static final String TOKENS =
      """
      select id, name, secret, scope, domains, created_at, created_by, expires_at, revoked_at,
        last_used_at
      from token
      """;

  private final JdbcClient rows;
  private final Clock clock;
  private final Cache<UUID, Optional<Kept>> known;

  @Autowired
  Tokens(@Qualifier(AccountPool.NAME) DataSource accounts, Clock clock) {
    this(accounts, clock, Ticker.systemTicker());
  }

  Tokens(DataSource accounts, Clock clock, Ticker ticker) {
    this.rows = JdbcClient.create(accounts);
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();
  }

  /**
   * A token that somebody asks for.
   *
   * @param name what it is for: 1 to 100 characters
   * @param scope what it may do
   * @param domains it is limited to, with scope read only; {@code null}: all
   * @param expiresAt in the future; {@code null}: never
   */
  public record Wish(
      String name, Scope scope, @Nullable List<String> domains, @Nullable Instant expiresAt) {}

  /**
   * A token just made.
   *
   * @param token as it is kept
   * @param text {@code tlsr_…}: shown now and never again
   */
  public record Made(Token token, String text) {

    @Override
    public String toString() {
      return "Made[token=" + token + "]";
    }
  }

  /** A token with the hash of its secret. */
  record Kept(Token token, byte[] secret) {}

  /**
   * Makes a token.
   *
   * @param wish what it may do
   * @param by who makes it, at most 200 characters
   * @return the token with its secret, which is not kept
   * @throws UnacceptableException if there can be no such token
   */
  public Made make(Wish wish, String by) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var name = Wanted.name(wish.name());
    var domains = Wanted.domains(wish.domains(), wish.scope());
    var expiresAt = expiry(wish.expiresAt(), now);
    var text = TokenText.random();
    var token = new Token(text.id(), name, wish.scope(), domains, now, by, expiresAt, null, null);
    forgetEnded(now);
    insert(token, text.hash());
    log.info("Token {} '{}' with scope {} made by {}", token.id(), name, wish.scope().word(), by);
    return new Made(token, text.text());
  }

  private static @Nullable Instant expiry(@Nullable Instant given, Instant now) {
    if (given != null && (!given.isAfter(now) || given.isAfter(LATEST))) {
      throw new UnacceptableException("expiresAt", "must lie in the future, before the year 9999.");
    }
    return given == null ? null : given.truncatedTo(ChronoUnit.MICROS);
  }

  private void insert(Token token, byte[] secret) {
    rows.sql(
            """
            insert into token (id, name, secret, scope, domains, created_at, created_by, expires_at)
            values (?, ?, ?, ?, ?::text[], ?, ?, ?)
            """)
        .param(token.id())
        .param(token.name())
        .param(secret)
        .param(token.scope().word())
        .param(AccountRows.array(token.domains()))
        .param(utc(token.createdAt()))
        .param(token.createdBy())
        .param(utc(token.expiresAt()))
        .update();
  }

  private void forgetEnded(Instant now) {
    rows.sql("delete from token where least(revoked_at, expires_at) < ?")
        .param(utc(now.minus(SHOWN_AFTER_ITS_END)))
        .update();
  }

  /**
   * Lists tokens, also those that ended within 90 days.
   *
   * @param after the last token of the page before; {@code null} for the first page
   * @param limit tokens at most, at least 1
   * @return newest first
   */
  public List<Token> list(@Nullable Token after, int limit) {
    var where = after == null ? "" : "where (created_at, id) < (:createdAt, :id) ";
    var query =
        rows.sql(TOKENS + where + "order by created_at desc, id desc limit :limit")
            .param("limit", limit);
    if (after != null) {
      query.param("createdAt", utc(after.createdAt())).param("id", after.id());
    }
    return query.query((found, row) -> kept(found).token()).list();
  }

  /**
   * Finds a token.
   *
   * @param id of the token
   * @return as it is in the database now
   */
  public Optional<Token> find(UUID id) {
    return read(id).map(Kept::token);
  }

  /**
   * Revokes a token: at once here, within seconds at other instances. Once more does no harm.
   *
   * @param id of the token
   * @param by who revokes it
   * @return whether there is such a token
   */
  public boolean revoke(UUID id, String by) {
    var found =
        rows.sql("update token set revoked_at = coalesce(revoked_at, ?) where id = ?")
            .param(utc(clock.instant().truncatedTo(ChronoUnit.MICROS)))
            .param(id)
            .update();
    known.invalidate(id);
    if (found > 0) {
      log.info("Token {} revoked by {}", id, by);
    }
    return found > 0;
  }

  /**
   * A token for a login, as it was within the last seconds.
   *
   * @param beforeAsking is run before the database is asked, and may throw
   */
  Optional<Kept> forLogin(UUID id, Runnable beforeAsking) {
    // Whoever forgets an entry waits for one that is being read: it may be what was before.
    return known.get(
        id,
        unknown -> {
          beforeAsking.run();
          return read(unknown);
        });
  }

  private Optional<Kept> read(UUID id) {
    return rows.sql(TOKENS + "where id = ?")
        .param(id)
        .query((found, row) -> kept(found))
        .optional();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        new Token(
            row.getObject("id", UUID.class),
            row.getString("name"),
            AccountRows.scope(row),
            AccountRows.domains(row),
            AccountRows.instantAlways(row, "created_at"),
            row.getString("created_by"),
            AccountRows.instant(row, "expires_at"),
            AccountRows.instant(row, "last_used_at"),
            AccountRows.instant(row, "revoked_at")),
        row.getBytes("secret"));
  }
}
