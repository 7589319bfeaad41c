package org.tlsrpt.collector.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Keeps the quarantine within its bounds: the oldest entries go first.
 *
 * <p>The sums are looked up only after a hundredth of a bound has been added here, and room for
 * that hundredth is made in advance: so an entry costs a hundred index rows on average, however
 * many are kept, and one instance never exceeds the bounds. Each further instance may by a
 * hundredth.
 */
@Component
final class QuarantineBound {

  private static final Logger log = LoggerFactory.getLogger(QuarantineBound.class);

  private static final int PARTS = 100;

  /** The newest entry that must go. Stops at it, so it reads no more than what stays. */
  static final String FIRST_TO_GO =
      """
      select received_at, id
      from (
        select received_at, id, row_number() over newest as entries, sum(size) over newest as bytes
        from quarantine
        window newest as (order by received_at desc, id desc rows unbounded preceding)
      ) as kept
      where entries > ? or bytes > ?
      order by received_at desc, id desc
      limit 1
      """;

  /** Another instance may be at the same entries: whichever comes first, none waits. */
  private static final String DELETE =
      """
      delete from quarantine
      where id in (
        select id from quarantine where (received_at, id) <= (?, ?) for update skip locked)
      returning size
      """;

  private final DataSource pool;
  private final QuarantineSettings settings;
  private final long freeEntries;
  private final long freeBytes;
  private final AtomicLong newEntries;
  private final AtomicLong newBytes = new AtomicLong();
  private final ReentrantLock turn = new ReentrantLock();
  private final Counter evicted;

  QuarantineBound(
      @Qualifier("write") DataSource pool, QuarantineSettings settings, MeterRegistry meters) {
    this.pool = pool;
    this.settings = settings;
    this.freeEntries = settings.maxEntries() / PARTS;
    this.freeBytes = settings.maxSize().toBytes() / PARTS;
    // Nobody knows what was kept before the start: the first entry looks.
    this.newEntries = new AtomicLong(freeEntries);
    this.evicted =
        Counter.builder("tlsrpt.quarantine.evicted")
            .description("Entries that went because newer ones needed the room")
            .register(meters);
  }

  private record Place(OffsetDateTime receivedAt, UUID id) {}

  private record Gone(long entries, long bytes) {}

  /** To be told of each entry that takes a place; deletes what has to go for it. */
  void added(long size) {
    newEntries.incrementAndGet();
    newBytes.addAndGet(size);
    // Whoever finds another at it leaves it to that one, who looks again before leaving.
    while (isDue() && turn.tryLock()) {
      try {
        if (!look()) {
          return;
        }
      } finally {
        turn.unlock();
      }
    }
  }

  private boolean isDue() {
    return newEntries.get() > freeEntries || newBytes.get() > freeBytes;
  }

  /** Whether that worked. */
  private boolean look() {
    var entries = newEntries.getAndSet(0);
    var bytes = newBytes.getAndSet(0);
    try (var connection = pool.getConnection()) {
      var gone = makeRoom(connection);
      connection.commit();
      report(gone);
      return true;
    } catch (SQLException e) {
      newEntries.addAndGet(entries);
      newBytes.addAndGet(bytes);
      log.warn("The quarantine's bounds could not be checked: {}", e.getMessage());
      return false;
    }
  }

  private void report(Gone gone) {
    if (gone.entries() > 0) {
      evicted.increment((double) gone.entries());
      log.warn(
          "The quarantine is full: its {} oldest entries ({} bytes) were deleted.",
          gone.entries(),
          gone.bytes());
    }
  }

  private Gone makeRoom(Connection connection) throws SQLException {
    var place = firstToGo(connection);
    if (place == null) {
      return new Gone(0, 0);
    }
    try (var delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, place.receivedAt());
      delete.setObject(2, place.id());
      return gone(delete);
    }
  }

  private @Nullable Place firstToGo(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(FIRST_TO_GO)) {
      select.setLong(1, settings.maxEntries() - freeEntries);
      select.setLong(2, settings.maxSize().toBytes() - freeBytes);
      try (var rows = select.executeQuery()) {
        return rows.next()
            ? new Place(rows.getObject(1, OffsetDateTime.class), rows.getObject(2, UUID.class))
            : null;
      }
    }
  }

  private static Gone gone(PreparedStatement delete) throws SQLException {
    var entries = 0L;
    var bytes = 0L;
    try (var rows = delete.executeQuery()) {
      while (rows.next()) {
        entries++;
        bytes += rows.getLong(1);
      }
    }
    return new Gone(entries, bytes);
  }
}
