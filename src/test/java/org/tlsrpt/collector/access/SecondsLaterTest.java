package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;

/** What other instances see, and what is written later. */
@CollectorTest
class SecondsLaterTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:34:56.789Z");

  @Autowired
  @Qualifier(AccountPool.NAME)
  DataSource accounts;

  @Autowired JdbcTemplate jdbc;

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private long nanos = 1;
  private Tokens here;
  private Tokens there;
  private LastUse lastUse;
  private TokenLogin login;

  @BeforeEach
  void startTwoInstances() {
    here = new Tokens(accounts, clock);
    there = new Tokens(accounts, clock, () -> nanos);
    lastUse = new LastUse(accounts, clock);
    login = new TokenLogin(there, new Attempts(), lastUse, clock);
  }

  @Test
  void aTokenIsRevokedEverywhere() {
    var made = here.make(new Tokens.Wish("x", Scope.READ, null, null), "a test");
    assertThat(login.check(made.text(), "192.0.2.1").getName()).isEqualTo("x");

    here.revoke(made.token().id(), "a test");
    nanos += Duration.ofSeconds(6).toNanos();

    assertThatThrownBy(() -> login.check(made.text(), "192.0.2.1"))
        .isInstanceOf(RefusedLogin.class)
        .hasMessage("This token was revoked.");
  }

  @Test
  void aTokenIsLookedUpOnceForManyRequests() {
    var made = here.make(new Tokens.Wish("x", Scope.READ, null, null), "a test");
    var asked = new AtomicInteger();

    for (var i = 0; i < 100; i++) {
      assertThat(there.forLogin(made.token().id(), asked::incrementAndGet)).isPresent();
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void aTokenExpiresToTheInstant() {
    var end = NOW.plusSeconds(60);
    var text = here.make(new Tokens.Wish("x", Scope.READ, null, end), "a test").text();

    assertThat(checkedAt(end.minusNanos(1), text)).isEqualTo("in");
    assertThat(checkedAt(end, text)).isEqualTo("This token has expired.");
  }

  @Test
  void theLastUseIsWrittenToTheMinuteAndNotOnBehalfOfARequest() {
    var made = here.make(new Tokens.Wish("x", Scope.READ, null, null), "a test");
    login.check(made.text(), "192.0.2.1");
    login.check(made.text(), "192.0.2.1");
    assertThat(here.find(made.token().id()).orElseThrow().lastUsedAt()).isNull();

    lastUse.write();

    assertThat(here.find(made.token().id()).orElseThrow().lastUsedAt())
        .isEqualTo("2026-11-24T12:34:00Z");
  }

  @Test
  void anOlderUseOfAnotherInstanceDoesNotTurnTheLastOneBack() {
    var id = here.make(new Tokens.Wish("x", Scope.READ, null, null), "a test").token().id();
    jdbc.update("update token set last_used_at = '2026-11-24T12:40:00Z' where id = ?", id);

    lastUse.ofToken(id);
    lastUse.write();

    assertThat(here.find(id).orElseThrow().lastUsedAt()).isEqualTo("2026-11-24T12:40:00Z");
  }

  @Test
  void theLastUseIsWrittenWhenTheInstanceEnds() {
    jdbc.update(
        """
        insert into account (name, password, scope, created_at, created_by)
        values ('last-use', '{noop}x', 'read', now(), 'a test')
        """);

    lastUse.ofAccount("last-use");
    lastUse.close();

    assertThat(
            jdbc.queryForObject(
                """
                select last_used_at = '2026-11-24T12:34:00Z' from account where name = 'last-use'
                """,
                Boolean.class))
        .isTrue();
  }

  private String checkedAt(Instant moment, String text) {
    var then = Clock.fixed(moment, ZoneOffset.UTC);
    try {
      new TokenLogin(there, new Attempts(), lastUse, then).check(text, "192.0.2.1");
      return "in";
    } catch (RefusedLogin refused) {
      return refused.detail();
    }
  }
}
