package org.tlsrpt.collector.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Queries from a copy of the database, where there is one: lists, sums and exports, which is all
 * that grows with the data. What is looked up by its id stays with the database that is written to,
 * since whoever was just told an id may ask for it at once.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("tlsrpt.database.read-url")
class ReadReplica {

  /** As many as Spring Boot's own pool has here. */
  private static final int CONNECTIONS = 8;

  private static final int CONNECT_MILLIS = 5_000;

  /**
   * The copy.
   *
   * @param readUrl JDBC URL of a streaming replica; user and password are those of the other
   */
  @ConfigurationProperties("tlsrpt.database")
  record Settings(@Nullable String readUrl) {

    /** Refuses what would only be noticed by the first query. */
    Settings {
      try {
        if (readUrl != null && !readUrl.isBlank()) {
          DriverManager.getDriver(readUrl);
        }
      } catch (SQLException e) {
        throw new IllegalArgumentException(
            "tlsrpt.database.read-url must be like jdbc:postgresql://replica.example:5432/tlsrpt",
            e);
      }
    }

    /** Where queries go: to the copy if there is one. */
    String urlOr(String other) {
      return readUrl == null || readUrl.isBlank() ? other : readUrl;
    }
  }

  // Not a candidate for injection by type, so that Spring Boot still makes the pool of the queries.
  @Bean(defaultCandidate = false)
  @Qualifier("replica")
  static HikariDataSource replicaDataSource(JdbcConnectionDetails details, Settings settings) {
    var pool = new HikariDataSource();
    pool.setPoolName("replica");
    pool.setJdbcUrl(settings.urlOr(details.getJdbcUrl()));
    pool.setUsername(details.getUsername());
    pool.setPassword(details.getPassword());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECT_MILLIS);
    pool.setInitializationFailTimeout(-1);
    pool.setReadOnly(true);
    pool.addDataSourceProperty("connectTimeout", "5");
    pool.addDataSourceProperty("socketTimeout", "60");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("ApplicationName", "tlsrpt-collector replica");
    return pool;
  }

  /** Lets transactions that only read begin at the copy. */
  @Bean
  static BeanPostProcessor readOnlyTransactionsElsewhere(
      @Qualifier("replica") ObjectProvider<DataSource> replica) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (!name.equals("dataSource") || !(bean instanceof DataSource pool)) {
          return bean;
        }
        var both = new LazyConnectionDataSourceProxy();
        both.setTargetDataSource(pool);
        both.setReadOnlyDataSource(replica.getObject());
        // Said here and not found out by a connection: the database may be away at the start.
        both.setDefaultAutoCommit(true);
        both.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return both;
      }
    };
  }

  @Bean("replica") // its name in the health
  static ReplicaLag replicaLag(DataSource primary, @Qualifier("replica") DataSource replica) {
    return new ReplicaLag(primary, replica);
  }
}
