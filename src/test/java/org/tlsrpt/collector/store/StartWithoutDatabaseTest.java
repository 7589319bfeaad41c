package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.CollectorApplication;
import org.tlsrpt.collector.testing.FaultProxy;
import org.tlsrpt.collector.testing.SharedServer;

class StartWithoutDatabaseTest {

  @Test
  void startsAndMakesTheSchemaOnceTheDatabaseIsThere(@TempDir Path directory) throws Exception {
    var database = SharedServer.newDatabase();
    var address = URI.create(database.getJdbcUrl().substring("jdbc:".length()));
    try (var proxy = new FaultProxy(address.getHost(), address.getPort())) {
      proxy.cut();
      var url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + address.getPath();
      try (var collector =
          start(
              directory,
              "--spring.datasource.url=" + url,
              "--spring.datasource.username=" + database.getUsername(),
              "--spring.datasource.password=" + database.getPassword())) {
        var archive = collector.getBean(ReportArchive.class);
        var report = Reports.report().policy("sts", "example.com", 1, 0).build();
        assertThat(archive.save(report, Duration.ofSeconds(2)))
            .isInstanceOf(SaveOutcome.Unavailable.class);

        proxy.pass();

        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> archive.save(report, Duration.ofSeconds(2)) instanceof SaveOutcome.Stored);
        assertThat(
                collector.getBean(ReportQueries.class).report(report.id(), new Reach.Everything()))
            .isPresent();
        assertThat(
                collector
                    .getBean(JdbcTemplate.class)
                    .queryForObject("select count(*) from report", Integer.class))
            .isEqualTo(1);
      }
    } finally {
      ((AutoCloseable) database).close();
    }
  }

  private static ConfigurableApplicationContext start(Path directory, String... arguments) {
    var all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--management.server.port=0",
            "--management.server.address=127.0.0.1",
            "--tlsrpt.intake.spool-directory=" + directory.resolve("spool"),
            "--tlsrpt.admin.password=for tests"));
    return new SpringApplicationBuilder(CollectorApplication.class).run(all.toArray(new String[0]));
  }
}
