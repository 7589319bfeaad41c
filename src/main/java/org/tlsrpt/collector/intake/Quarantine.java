package org.tlsrpt.collector.intake;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.QuarantineEntry.Position;
import org.tlsrpt.collector.store.NewReport.Source;
import org.tlsrpt.collector.store.Page;

/**
 * Deliveries that begin like a report and cannot be read: a sender will not send them again, so
 * they are kept as they came, each once.
 */
@Component
public class Quarantine {

  /**
   * The same bytes again leave their first source and headers, and take the newest reason. A replay
   * brings the arrival time that is known already, and so is not counted as another arrival.
   */
  private static final String INSERT =
      """
      insert into quarantine (id, reason, detail, received_at, last_received_at, times_received,
        channel, source_address, user_agent, content_type, content_encoding, recipient_domain,
        size, body)
      values (?, ?, ?, ?, ?, 1, ?, ?::inet, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set
        reason = excluded.reason,
        detail = excluded.detail,
        last_received_at = greatest(quarantine.last_received_at, excluded.last_received_at),
        times_received = quarantine.times_received
          + case when excluded.received_at in (quarantine.received_at, quarantine.last_received_at)
              then 0 else 1 end
      returning exists (select from quarantine as before where before.id = quarantine.id)
      """;

  private static final String ENTRIES =
      """
      select id, reason, detail, received_at, last_received_at, times_received, size,
        recipient_domain, content_type, content_encoding, channel,
        host(source_address) as source_address, user_agent
      from quarantine
      """;

  private final DataSource writes;
  private final JdbcClient reads;
  private final QuarantineBound bound;

  Quarantine(@Qualifier("write") DataSource writes, JdbcClient reads, QuarantineBound bound) {
    this.writes = writes;
    this.reads = reads;
    this.bound = bound;
  }

  /**
   * Keeps a delivery durably: when this returns {@link KeepOutcome.Kept}, it is on disk.
   *
   * @param delivery any bytes at all
   * @param reason why it is not stored as a report
   * @param detail one sentence
   * @return what became of it; never an exception for the delivery or the database's sake
   */
  public KeepOutcome keep(Delivery delivery, Outcome.Reason reason, String detail) {
    var id = ContentId.of(delivery.body());
    boolean again;
    try (var connection = writes.getConnection()) {
      again = insert(connection, id, delivery, reason, detail);
      connection.commit();
    } catch (SQLException e) {
      return new KeepOutcome.Unavailable(e);
    }
    if (!again) {
      bound.added(delivery.body().length);
    }
    return new KeepOutcome.Kept(id, again);
  }

  private static boolean insert(
      Connection connection, UUID id, Delivery delivery, Outcome.Reason reason, String detail)
      throws SQLException {
    var source = delivery.source();
    var headers = delivery.headers();
    var receivedAt = utc(source.receivedAt());
    var values =
        new @Nullable Object[] {
          id,
          code(reason),
          StorableText.bounded(detail),
          receivedAt,
          receivedAt,
          StorableText.bounded(source.channel()),
          StorableText.address(source.ip()),
          StorableText.of(source.userAgent()),
          StorableText.of(headers.contentType()),
          StorableText.of(headers.contentEncoding()),
          StorableText.of(delivery.recipientDomain()),
          (long) delivery.body().length,
          delivery.body()
        };
    try (var insert = connection.prepareStatement(INSERT)) {
      for (var i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      try (var rows = insert.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /**
   * Lists entries.
   *
   * @param after the end of the page before; {@code null} for the first
   * @param limit entries at most, at least 1
   * @return newest first
   */
  public Page<QuarantineEntry, Position> list(@Nullable Position after, int limit) {
    var where = after == null ? "" : "where (received_at, id) < (:receivedAt, :id)";
    var query =
        reads
            .sql(ENTRIES + where + " order by received_at desc, id desc limit :limit")
            .param("limit", limit + 1);
    if (after != null) {
      query.param("receivedAt", utc(after.receivedAt())).param("id", after.id());
    }
    var found = query.query((rows, row) -> entry(rows)).list();
    var shown = found.subList(0, Math.min(limit, found.size()));
    return new Page<>(shown, found.size() > limit ? shown.getLast().position() : null);
  }

  /**
   * Finds an entry.
   *
   * @param id of the entry
   * @return all of it but the body
   */
  public Optional<QuarantineEntry> find(UUID id) {
    return reads
        .sql(ENTRIES + "where id = :id")
        .param("id", id)
        .query((rows, row) -> entry(rows))
        .optional();
  }

  /**
   * The bytes as sent.
   *
   * @param id of the entry
   * @return not decoded in any way
   */
  public Optional<byte[]> body(UUID id) {
    return reads
        .sql("select body from quarantine where id = :id")
        .param("id", id)
        .query(byte[].class)
        .optional();
  }

  /**
   * How the bytes begin.
   *
   * @param id of the entry
   * @param most bytes at most
   * @return as sent
   */
  public Optional<byte[]> beginning(UUID id, int most) {
    return reads
        .sql("select substring(body from 1 for :most) from quarantine where id = :id")
        .param("most", most)
        .param("id", id)
        .query(byte[].class)
        .optional();
  }

  /**
   * Deletes an entry.
   *
   * @param id of the entry
   * @return whether it was there
   */
  public boolean delete(UUID id) {
    return reads.sql("delete from quarantine where id = :id").param("id", id).update() > 0;
  }

  /** The delivery as it came, to be taken again; empty if it is gone. */
  Optional<Delivery> delivery(UUID id) {
    return find(id).flatMap(entry -> body(id).map(body -> delivery(entry, body)));
  }

  /** Notes what a replay found. */
  KeepOutcome stillRefused(Delivery delivery, Outcome.Reason reason, String detail) {
    var id = ContentId.of(delivery.body());
    stillRefused(id, reason, detail);
    return new KeepOutcome.Kept(id, true);
  }

  /** The same by the id alone; does nothing if the entry is gone. */
  void stillRefused(UUID id, Outcome.Reason reason, String detail) {
    reads
        .sql("update quarantine set reason = :reason, detail = :detail where id = :id")
        .param("reason", code(reason))
        .param("detail", StorableText.bounded(detail))
        .param("id", id)
        .update();
  }

  /** Where the list begins; {@code null} if it is empty. */
  @Nullable Position newest() {
    var first = list(null, 1).items();
    return first.isEmpty() ? null : first.getFirst().position();
  }

  /** How many entries there are up to a place. */
  long countUpTo(Position newest) {
    return reads
        .sql("select count(*) from quarantine where (received_at, id) <= (:receivedAt, :id)")
        .param("receivedAt", utc(newest.receivedAt()))
        .param("id", newest.id())
        .query(Long.class)
        .single();
  }

  /** Places behind one, up to another, oldest first. */
  List<Position> between(Position after, Position newest, int limit) {
    return reads
        .sql(
            """
            select received_at, id from quarantine
            where (received_at, id) > (:afterReceivedAt, :afterId)
              and (received_at, id) <= (:receivedAt, :id)
            order by received_at, id limit :limit
            """)
        .param("afterReceivedAt", utc(after.receivedAt()))
        .param("afterId", after.id())
        .param("receivedAt", utc(newest.receivedAt()))
        .param("id", newest.id())
        .param("limit", limit)
        .query((rows, row) -> position(rows))
        .list();
  }

  private static Delivery delivery(QuarantineEntry entry, byte[] body) {
    var source = entry.source();
    return new Delivery(
        body,
        new Source(source.channel(), source.ip(), source.userAgent(), entry.receivedAt()),
        new Delivery.Headers(entry.contentType(), entry.contentEncoding()),
        entry.recipientDomain());
  }

  private static QuarantineEntry entry(ResultSet rows) throws SQLException {
    var place = position(rows);
    return new QuarantineEntry(
        place.id(),
        rows.getString("reason"),
        rows.getString("detail"),
        place.receivedAt(),
        instant(rows, "last_received_at"),
        rows.getLong("times_received"),
        rows.getLong("size"),
        rows.getString("recipient_domain"),
        rows.getString("content_type"),
        rows.getString("content_encoding"),
        new QuarantineEntry.Source(
            rows.getString("channel"),
            rows.getString("source_address"),
            rows.getString("user_agent")));
  }

  private static Position position(ResultSet rows) throws SQLException {
    return new Position(instant(rows, "received_at"), rows.getObject("id", UUID.class));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** The word for a reason, in columns and answers. */
  static String code(Outcome.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
