package org.tlsrpt.collector.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.lifecycle.TestcontainersLifecycleApplicationContextInitializer;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withInitializer(new TestcontainersLifecycleApplicationContextInitializer())
          .withUserConfiguration(TestDatabase.class)
          .withConfiguration(
              AutoConfigurations.of(
                  ServiceConnectionAutoConfiguration.class,
                  DataSourceAutoConfiguration.class,
                  JdbcTemplateAutoConfiguration.class,
                  JdbcClientAutoConfiguration.class));

  @Test
  void givesEachContextADatabaseOfItsOwnSoThatTestsDoNotMeet() {
    context.run(
        one -> {
          one.getBean(JdbcClient.class).sql("create table seen (x int)").update();
          context.run(
              two ->
                  assertThat(
                          two.getBean(JdbcClient.class)
                              .sql("select to_regclass('seen') is null")
                              .query(Boolean.class)
                              .single())
                      .isTrue());
        });
  }

  @Test
  void runsTheMajorVersionOfProductionAndItsDurability() {
    context.run(
        started -> {
          var jdbc = started.getBean(JdbcClient.class);
          assertThat(jdbc.sql("show server_version").query(String.class).single()).startsWith("18");
          assertThat(jdbc.sql("show fsync").query(String.class).single()).isEqualTo("on");
        });
  }
}
