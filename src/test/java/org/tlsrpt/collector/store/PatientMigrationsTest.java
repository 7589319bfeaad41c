package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsrpt.collector.testing.SharedServer;

/** A migration that takes longer than a connection waits for the answer to a query. */
class PatientMigrationsTest {

  @TempDir Path migrations;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(migrations.resolve("V1__take_long.sql"), "select pg_sleep(1.5);");
  }

  @Test
  void areNotGivenUp() throws Exception {
    assertThat(migrate(new PatientMigrations())).isEqualTo(1);
  }

  @Test
  void wouldBeGivenUpOtherwise() {
    assertThatExceptionOfType(FlywayException.class).isThrownBy(this::migrate);
  }

  private int migrate(Callback... callbacks) throws Exception {
    var database = SharedServer.newDatabase();
    try (var pool = new HikariDataSource()) {
      pool.setJdbcUrl(database.getJdbcUrl());
      pool.setUsername(database.getUsername());
      pool.setPassword(database.getPassword());
      pool.addDataSourceProperty("socketTimeout", "1");
      return Flyway.configure()
          .dataSource(pool)
          .locations("filesystem:" + migrations)
          .callbacks(callbacks)
          .load()
          .migrate()
          .migrationsExecuted;
    } finally {
      ((AutoCloseable) database).close();
    }
  }
}
