package org.tlsrpt.collector.store;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connections for writing reports, apart from those of queries: a slow export must not keep a
 * delivery waiting, and a database that hangs must be noticed while the sender still listens.
 */
@Configuration(proxyBeanMethods = false)
class WritePool {

  /**
   * Settings of the pool.
   *
   * @param connections at most so many, at least 1
   * @param connectTimeoutMillis for a new connection, and for waiting for a free one
   * @param replyTimeoutSeconds for an answer of the database to one statement
   */
  @ConfigurationProperties("tlsrpt.store.write")
  record Settings(
      @DefaultValue("4") int connections,
      @DefaultValue("1000") long connectTimeoutMillis,
      @DefaultValue("10") int replyTimeoutSeconds) {}

  // Not a candidate for injection by type, so that Spring Boot still makes the pool of the queries.
  @Bean(defaultCandidate = false)
  @Qualifier("write")
  HikariDataSource writeDataSource(JdbcConnectionDetails details, Settings settings) {
    var pool = new HikariDataSource();
    pool.setPoolName("write");
    pool.setJdbcUrl(details.getJdbcUrl());
    pool.setUsername(details.getUsername());
    pool.setPassword(details.getPassword());
    pool.setMaximumPoolSize(settings.connections());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(settings.connectTimeoutMillis());
    pool.setValidationTimeout(settings.connectTimeoutMillis());
    // A database that is away must not keep the service from starting.
    pool.setInitializationFailTimeout(-1);
    pool.setAutoCommit(false);
    pool.addDataSourceProperty("connectTimeout", "2");
    pool.addDataSourceProperty("socketTimeout", String.valueOf(settings.replyTimeoutSeconds()));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("ApplicationName", "tlsrpt-collector write");
    return pool;
  }
}
