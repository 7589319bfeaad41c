package org.tlsrpt.collector.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connections for exports, apart from those of pages: however many clients read slowly, a page
 * never waits for one of them.
 */
@Configuration(proxyBeanMethods = false)
class ExportPool {

  private static final int CONNECT_MILLIS = 5_000;

  /**
   * Settings of exports.
   *
   * @param atOnce so many at a time, at least 1; more are refused
   * @param fetchTimeout for the next rows of one; a filter that finds little among much may need it
   * @param timeout for all of one; as long as it runs, PostgreSQL keeps what is deleted meanwhile
   */
  @ConfigurationProperties("tlsrpt.export")
  record Settings(
      @DefaultValue("3") int atOnce,
      @DefaultValue("60s") Duration fetchTimeout,
      @DefaultValue("2h") Duration timeout) {

    /** Refuses what would let no export ever begin. */
    Settings {
      if (atOnce < 1 || !fetchTimeout.isPositive() || !timeout.isPositive()) {
        throw new IllegalArgumentException(
            "tlsrpt.export: at-once must be at least 1, fetch-timeout and timeout more than 0");
      }
    }
  }

  // Not a candidate for injection by type, so that Spring Boot still makes the pool of the queries.
  @Bean(defaultCandidate = false)
  @Qualifier("export")
  HikariDataSource exportDataSource(
      JdbcConnectionDetails details, Settings settings, ReadReplica.Settings replica) {
    var pool = new HikariDataSource();
    pool.setPoolName("export");
    pool.setJdbcUrl(replica.urlOr(details.getJdbcUrl()));
    pool.setUsername(details.getUsername());
    pool.setPassword(details.getPassword());
    pool.setMaximumPoolSize(settings.atOnce());
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(CONNECT_MILLIS);
    pool.setInitializationFailTimeout(-1);
    pool.setAutoCommit(false);
    pool.setReadOnly(true);
    // What the first row saw, the last one sees too.
    pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    pool.addDataSourceProperty("connectTimeout", "5");
    pool.addDataSourceProperty(
        "socketTimeout", String.valueOf(settings.fetchTimeout().toSeconds() + 30));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("ApplicationName", "tlsrpt-collector export");
    return pool;
  }
}
