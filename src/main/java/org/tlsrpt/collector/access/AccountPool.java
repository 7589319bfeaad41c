package org.tlsrpt.collector.access;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connections for looking up who asks, apart from those of queries and deliveries: no slow export
 * keeps a login waiting, and no flood of logins keeps a delivery waiting. None is held while nobody
 * comes with a token or a user's password.
 */
@Configuration(proxyBeanMethods = false)
class AccountPool {

  static final String NAME = "accounts";

  private static final int CONNECTIONS = 2;
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final String REPLY_TIMEOUT_SECONDS = "5";

  @Bean(defaultCandidate = false)
  @Qualifier(NAME)
  HikariDataSource accountsDataSource(JdbcConnectionDetails details) {
    var pool = new HikariDataSource();
    pool.setPoolName(NAME);
    pool.setJdbcUrl(details.getJdbcUrl());
    pool.setUsername(details.getUsername());
    pool.setPassword(details.getPassword());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
    pool.setValidationTimeout(CONNECT_TIMEOUT_MILLIS);
    // A database that is away must not keep the service from starting.
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("connectTimeout", "2");
    pool.addDataSourceProperty("socketTimeout", REPLY_TIMEOUT_SECONDS);
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("ApplicationName", "tlsrpt-collector accounts");
    return pool;
  }
}
