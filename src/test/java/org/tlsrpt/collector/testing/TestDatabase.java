package org.tlsrpt.collector.testing;

import java.sql.SQLException;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL database of its own for each test context: {@code @Import(TestDatabase.class)}. In a
 * container where there is Docker; else the collector's own embedded server, one for all contexts
 * of this JVM, so that no test is ever skipped.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestDatabase {

  @Bean
  @ServiceConnection
  @Conditional(WithDocker.class)
  PostgreSQLContainer postgreSqlContainer() {
    return new PostgreSQLContainer("postgres:18-alpine");
  }

  @Bean
  @Conditional(WithoutDocker.class)
  JdbcConnectionDetails embeddedTestDatabase() throws SQLException {
    return SharedServer.newDatabase();
  }

  private static final class Docker {
    static final boolean AVAILABLE = DockerClientFactory.instance().isDockerAvailable();
  }

  static final class WithDocker implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return Docker.AVAILABLE;
    }
  }

  static final class WithoutDocker implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !Docker.AVAILABLE;
    }
  }
}
