package org.tlsrpt.collector.store;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tlsrpt.collector.testing.SharedServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A database with the tables and nobody at work in it, so that jobs run when a test says so, as
 * many instances as it likes, by a clock of its own. Empty before each test, as after a new
 * installation; to be registered as a static extension.
 */
final class OwnTables implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  static final Predicate<Duration> NO_PAUSES = pause -> true;

  private JdbcConnectionDetails database;
  private HikariDataSource writes;
  private HikariDataSource reads;
  ReportArchive archive;
  JdbcTemplate jdbc;

  @Override
  public void beforeAll(ExtensionContext context) throws SQLException {
    database = SharedServer.newDatabase();
    writes = pool(false);
    reads = pool(true);
    Flyway.configure().dataSource(reads).locations("classpath:db/migration").load().migrate();
    archive = new ReportArchive(writes, new WritePool.Settings(4, 1_000, 10), JsonMapper.shared());
    jdbc = new JdbcTemplate(reads);
  }

  private HikariDataSource pool(boolean autoCommit) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl(database.getJdbcUrl());
    pool.setUsername(database.getUsername());
    pool.setPassword(database.getPassword());
    pool.setMaximumPoolSize(6);
    pool.setMinimumIdle(0);
    pool.setAutoCommit(autoCommit);
    return pool;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    empty();
  }

  void empty() {
    jdbc.execute("truncate lease, day_change, day_sum, report, erasure cascade");
  }

  void save(NewReport... reports) {
    for (var outcome : archive.saveAll(List.of(reports))) {
      if (!(outcome instanceof SaveOutcome.Stored)) {
        throw new AssertionError(outcome);
      }
    }
  }

  long count(String table) {
    return jdbc.queryForObject("select count(*) from " + table, Long.class);
  }

  String url() {
    return database.getJdbcUrl();
  }

  /** Rows of reports, policies and failures, and documents. */
  Removed counts() {
    return new Removed(
        count("report"),
        count("policy"),
        count("failure_detail"),
        count("report where document is not null"));
  }

  /** Makes the database fail at deleting rows; {@code tries} is a sequence that begins with 1. */
  void failOnDelete(String table, String when, String state) {
    jdbc.execute(
        """
        create sequence tries;
        create function fail() returns trigger language plpgsql as $$ begin
          if %s then raise exception using errcode = '%s'; end if;
          return old;
        end $$;
        create trigger fail before delete on %s for each row execute function fail()"""
            .formatted(when, state, table));
  }

  void failNoMore(String table) {
    jdbc.execute("drop trigger fail on " + table + "; drop function fail; drop sequence tries");
  }

  SmallSteps steps(Clock clock, Predicate<Duration> pauses) {
    return new SmallSteps(
        leases(clock), new TransactionTemplate(new JdbcTransactionManager(reads)), jdbc, pauses);
  }

  Leases leases(Clock clock) {
    return new Leases(JdbcClient.create(jdbc), clock);
  }

  /** One more instance. */
  Retention retention(
      Retention.Settings settings, Clock clock, MeterRegistry meters, Predicate<Duration> pauses) {
    return new Retention(settings, leases(clock), steps(clock, pauses), clock, meters);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    archive.close();
    writes.close();
    reads.close();
    ((AutoCloseable) database).close();
  }
}
