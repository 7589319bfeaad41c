package org.tlsrpt.collector.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedDatabaseAutoConfigurationTest {

  @TempDir Path parent;

  private ApplicationContextRunner context() {
    return new ApplicationContextRunner()
        .withPropertyValues("tlsrpt.database.directory=" + parent.resolve("db"))
        .withConfiguration(
            AutoConfigurations.of(
                EmbeddedDatabaseAutoConfiguration.class, DataSourceAutoConfiguration.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spring.datasource.url="})
  void startsTheServerWhenNoUrlIsNamedAndClosesItAfterThePool(String property) {
    var pool = new HikariDataSource[1];
    context()
        .withPropertyValues(property.isEmpty() ? "any=thing" : property)
        .run(
            started -> {
              assertThat(started).hasSingleBean(JdbcConnectionDetails.class);
              pool[0] = started.getBean(HikariDataSource.class);
              try (var connection = pool[0].getConnection()) {
                assertThat(connection.isValid(2)).isTrue();
              }
              assertThat(started.getBeanFactory().getDependentBeans("embeddedServer"))
                  .contains("dataSource");
            });
    assertThat(pool[0].isClosed()).isTrue();
    assertThat(TestServers.pidFile(parent.resolve("db"))).doesNotExist();
  }

  @Test
  void startsNoServerWhenAUrlIsNamed() {
    context()
        .withPropertyValues("spring.datasource.url=jdbc:postgresql://db.example/tlsrpt")
        .run(started -> assertThat(started).doesNotHaveBean(EmbeddedServer.class));
    assertThat(parent.resolve("db")).doesNotExist();
  }

  @Test
  void startsNoServerWhenSomeoneElseSuppliesTheConnection() {
    context()
        .withUserConfiguration(OtherConnection.class)
        .run(started -> assertThat(started).doesNotHaveBean(EmbeddedServer.class));
    assertThat(parent.resolve("db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tlsrpt.database.port=65536",
        "tlsrpt.database.port=-1",
        "tlsrpt.database.directory= "
      })
  void refusesSettingsThatCannotBe(String property) {
    context()
        .withPropertyValues(property)
        .run(
            failed ->
                assertThat(failed)
                    .getFailure()
                    .hasRootCauseInstanceOf(BindValidationException.class));
  }

  @Test
  void isFoundBySpringBoot() {
    assertThat(
            ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
                .getCandidates())
        .containsOnlyOnce(EmbeddedDatabaseAutoConfiguration.class.getName());
  }

  @Test
  void explainsInsteadOfThrowingStackTracesAtPeople(CapturedOutput output) throws Exception {
    var version = Files.createDirectories(parent.resolve("db/data")).resolve("PG_VERSION");
    Files.writeString(version, "17");
    var application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties("tlsrpt.database.directory=" + parent.resolve("db"))
            .application();
    assertThat(failureOf(application)).isNotNull();
    assertThat(output)
        .contains("APPLICATION FAILED TO START", "holds data of PostgreSQL 17", "pg_dump")
        .doesNotContain("\tat org.tlsrpt");
  }

  private static Throwable failureOf(SpringApplication application) {
    try (var _ = application.run()) {
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OtherConnection {

    @Bean
    JdbcConnectionDetails otherConnection() {
      return new JdbcConnectionDetails() {
        @Override
        public String getJdbcUrl() {
          return "jdbc:postgresql://db.example/tlsrpt";
        }

        @Override
        public String getUsername() {
          return "someone";
        }

        @Override
        public String getPassword() {
          return "";
        }
      };
    }
  }

  @ImportAutoConfiguration({
    EmbeddedDatabaseAutoConfiguration.class,
    DataSourceAutoConfiguration.class
  })
  static class Application {}
}
