package org.tlsrpt.collector.store;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SchemaValidationException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.dialect.PostgreSQLDialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.stereotype.Component;

/**
 * Brings the schema up to date at the start; when the database is away then, as soon as it is back.
 * Deliveries are taken meanwhile, so a start must not fail for it.
 */
@Component
class SchemaMigration
    implements FlywayMigrationStrategy, HibernatePropertiesCustomizer, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ObjectProvider<EntityManagerFactory> entities;
  private volatile boolean upToDate;
  private final CountDownLatch closed = new CountDownLatch(1);

  SchemaMigration(ObjectProvider<EntityManagerFactory> entities) {
    this.entities = entities;
  }

  @Override
  public void migrate(Flyway flyway) {
    if (!succeeds(flyway)) {
      log.warn("The database is away. Deliveries are taken; its schema is looked after later.");
      Thread.ofVirtual().name("schema-migration").start(() -> migrateLater(flyway));
    }
  }

  /** Hibernate looks into the database at its start, unless it is told what it would find. */
  @Override
  public void customize(Map<String, Object> properties) {
    if (!upToDate) {
      properties.put(AvailableSettings.HBM2DDL_AUTO, "none");
      properties.put(AvailableSettings.ALLOW_METADATA_ON_BOOT, false);
      properties.put(AvailableSettings.DIALECT, PostgreSQLDialect.class.getName());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void migrateLater(Flyway flyway) {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        if (succeeds(flyway)) {
          entities.getObject().getSchemaManager().validate();
          log.info("The database is back, its schema is up to date.");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | SchemaValidationException e) {
      log.error("The schema of the database cannot be used", e);
    }
  }

  private boolean succeeds(Flyway flyway) {
    try {
      flyway.migrate();
      upToDate = true;
      return true;
    } catch (FlywayException e) {
      if (isAway(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Not there, not ready, or full of connections; a wrong password or schema must fail the start.
   */
  private static boolean isAway(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        var state = sql.getSQLState();
        return state == null
            || state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53");
      }
    }
    return false;
  }
}
