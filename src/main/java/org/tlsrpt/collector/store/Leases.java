package org.tlsrpt.collector.store;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets one instance at a time do work that all could do. A row in a table says who and until when;
 * nothing else has to be alive for that.
 */
@Component
final class Leases {

  /** Far longer than a step, so that only a holder that died or hangs is replaced. */
  static final Duration LENGTH = Duration.ofMinutes(1);

  private static final String TAKE =
      """
      insert into lease as held (name, holder, expires_at) values (:name, :holder, :expiresAt)
      on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
      where held.expires_at <= :now
      """;

  private static final String RENEW =
      "update lease set expires_at = :expiresAt where name = :name and holder = :holder";

  private static final String GIVE_BACK =
      "update lease set expires_at = :now where name = :name and holder = :holder";

  private static final String NOTE =
      "update lease set note = :note where name = :name and holder = :holder";

  private final JdbcClient jdbc;
  private final Clock clock;

  Leases(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Takes the lease on some work, for {@link #LENGTH}.
   *
   * @param work its name
   * @return nothing while somebody holds it, in this instance or another
   */
  Optional<Lease> take(String work) {
    var holder = UUID.randomUUID();
    var now = now();
    var taken =
        jdbc.sql(TAKE)
            .param("name", work)
            .param("holder", holder)
            .param("expiresAt", now.plus(LENGTH))
            .param("now", now)
            .update();
    return taken == 0 ? Optional.empty() : Optional.of(new Lease(work, holder));
  }

  /** What the work left for its next time; nothing if it never did. */
  Optional<String> note(String work) {
    return jdbc.sql("select note from lease where name = :name and note is not null")
        .param("name", work)
        .query(String.class)
        .optional();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /** A lease as long as it lasts. */
  final class Lease implements AutoCloseable {

    private final String work;
    private final UUID holder;

    private Lease(String work, UUID holder) {
      this.work = work;
      this.holder = holder;
    }

    /**
     * Makes it last {@link #LENGTH} from now. Within a transaction nobody else can take it before
     * that ends, so what is done there is done by its only holder.
     *
     * @return whether it is still held; if not, the work is somebody else's and must end here
     */
    boolean renew() {
      return update(RENEW, "expiresAt", now().plus(LENGTH));
    }

    /** Leaves something for the next time, if it is still held. */
    void note(String text) {
      update(NOTE, "note", text);
    }

    /** Gives it back, if it is still held. */
    @Override
    public void close() {
      update(GIVE_BACK, "now", now());
    }

    private boolean update(String statement, String parameter, Object value) {
      return jdbc.sql(statement)
              .param("name", work)
              .param("holder", holder)
              .param(parameter, value)
              .update()
          > 0;
    }
  }
}
