package org.tlsrpt.collector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.store.Erasure.Kind;

/** What was asked to be erased: remembered until it is done, and a while longer. */
@Component
final class ErasureRows {

  /** Those that are done name what should be forgotten. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private static final String ASK =
      """
      insert into erasure (id, kind, name, requested_at, reports, policies, failures, documents)
      select :id, :kind, :name, :now, 0, 0, 0, 0
      where not exists (
        select from erasure where kind = :kind and name = :name and done_at is null)
      """;

  private static final String ERASURES =
      """
      select id, kind, name, requested_at, done_at, reports, policies, failures, documents
      from erasure
      """;

  private static final String ADD =
      """
      update erasure set reports = reports + :reports, policies = policies + :policies,
        failures = failures + :failures, documents = documents + :documents
      where id = :id
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  ErasureRows(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Remembers that something is to be erased; the same twice is one, until it is done. */
  Erasure ask(Kind kind, String name) {
    var word = word(kind);
    jdbc.sql(ASK)
        .param("id", UUID.randomUUID())
        .param("kind", word)
        .param("name", name)
        .param("now", now())
        .update();
    return jdbc.sql(
            ERASURES
                + "where kind = :kind and name = :name order by done_at desc nulls first limit 1")
        .param("kind", word)
        .param("name", name)
        .query(ErasureRows::erasure)
        .single();
  }

  Optional<Erasure> find(UUID id) {
    return jdbc.sql(ERASURES + "where id = :id")
        .param("id", id)
        .query(ErasureRows::erasure)
        .optional();
  }

  /** Newest first. */
  List<Erasure> newest(int limit) {
    return jdbc.sql(ERASURES + "order by requested_at desc, id limit :limit")
        .param("limit", limit)
        .query(ErasureRows::erasure)
        .list();
  }

  /** Those that are not done, oldest first. */
  List<Erasure> pending() {
    return jdbc.sql(ERASURES + "where done_at is null order by requested_at, id")
        .query(ErasureRows::erasure)
        .list();
  }

  /** Adds to what was deleted. */
  void add(UUID id, Removed removed) {
    jdbc.sql(ADD)
        .param("reports", removed.reports())
        .param("policies", removed.policies())
        .param("failures", removed.failures())
        .param("documents", removed.documents())
        .param("id", id)
        .update();
  }

  void done(UUID id) {
    jdbc.sql("update erasure set done_at = :now where id = :id and done_at is null")
        .param("now", now())
        .param("id", id)
        .update();
  }

  /** Deletes those that have long been done. */
  void forget() {
    jdbc.sql("delete from erasure where done_at < :before")
        .param("before", now().minus(REMEMBERED))
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Erasure erasure(ResultSet row, int number) throws SQLException {
    var done = row.getObject("done_at", OffsetDateTime.class);
    return new Erasure(
        row.getObject("id", UUID.class),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        done == null ? null : done.toInstant(),
        new Removed(
            row.getLong("reports"),
            row.getLong("policies"),
            row.getLong("failures"),
            row.getLong("documents")));
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
