package org.tlsrpt.collector.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When a key was used last, to the minute. Written once a minute for all keys together, never on
 * behalf of a request.
 */
@Component
class LastUse implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LastUse.class);

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final String TOKENS =
      """
      update token set last_used_at = used.at
      from unnest(?::uuid[], ?::timestamptz[]) as used (id, at)
      where token.id = used.id and (last_used_at is null or last_used_at < used.at)
      """;

  private static final String ACCOUNTS =
      """
      update account set last_used_at = used.at
      from unnest(?::text[], ?::timestamptz[]) as used (name, at)
      where account.name = used.name and (last_used_at is null or last_used_at < used.at)
      """;

  private final JdbcClient rows;
  private final Clock clock;
  private final Map<UUID, Instant> tokens = new ConcurrentHashMap<>();
  private final Map<String, Instant> accounts = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  LastUse(@Qualifier(AccountPool.NAME) DataSource accounts, Clock clock) {
    this.rows = JdbcClient.create(accounts);
    this.clock = clock;
    Thread.ofVirtual().name("last-use").start(this::writeEachMinute);
  }

  void ofToken(UUID id) {
    tokens.put(id, thisMinute());
  }

  void ofAccount(String name) {
    accounts.put(name, thisMinute());
  }

  private Instant thisMinute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES);
  }

  private void writeEachMinute() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is new; what cannot be written now is written with the next. */
  void write() {
    write(TOKENS, tokens);
    write(ACCOUNTS, accounts);
  }

  private void write(String update, Map<?, Instant> uses) {
    var now = Map.copyOf(uses);
    if (now.isEmpty()) {
      return;
    }
    var used = List.copyOf(now.entrySet());
    try {
      rows.sql(update)
          .param(used.stream().map(use -> use.getKey().toString()).toArray(String[]::new))
          .param(used.stream().map(use -> use.getValue().toString()).toArray(String[]::new))
          .update();
      now.forEach(uses::remove);
    } catch (DataAccessException e) {
      log.debug("When keys were used last is written later", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    write();
  }
}
