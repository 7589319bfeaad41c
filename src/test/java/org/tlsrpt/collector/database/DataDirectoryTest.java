package org.tlsrpt.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path home;

  @Test
  void startsAfreshAfterAFirstStartThatWasCutShort() throws Exception {
    var halfMade = Files.createDirectories(home.resolve("unfinished-1/base"));
    Files.writeString(halfMade.resolveSibling("PG_VERSION"), "18\n");
    Files.createDirectory(home.resolve("data"));
    Files.writeString(home.resolve("password.unfinished"), "x");
    try (var server = TestServers.start(home)) {
      assertThat(TestServers.ask(server, "select 42")).isEqualTo("42");
    }
    assertThat(home.resolve("unfinished-1")).doesNotExist();
  }

  @Test
  void letsTheCollectorStoreManyRowsWithoutComparingEachWithItsParent() throws Exception {
    try (var server = TestServers.start(home)) {
      assertThat(
              TestServers.ask(
                  server, "select has_parameter_privilege('session_replication_role', 'set')"))
          .isEqualTo("t");
    }
  }

  @Test
  void givesDataThatLostItsPasswordANewOneAndKeepsTheData() throws Exception {
    String lost;
    try (var server = TestServers.start(home)) {
      TestServers.execute(server, "create table kept as select 42 as answer");
      lost = server.getPassword();
    }
    Files.delete(home.resolve("password"));
    try (var server = TestServers.start(home)) {
      assertThat(server.getPassword()).isNotEqualTo(lost);
      assertThat(TestServers.ask(server, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void saysWhatToDoAboutAPasswordThatDoesNotFit() throws Exception {
    TestServers.start(home).close();
    Files.writeString(home.resolve("password"), "of-another-database");
    assertThatThrownBy(() -> TestServers.start(home))
        .isInstanceOfSatisfying(
            EmbeddedServerException.class,
            e -> assertThat(e.analysis().getAction()).contains("password", "delete it"));
    assertThat(TestServers.pidFile(home)).as("a server that still runs").doesNotExist();
  }

  @Test
  void refusesDataOfAnotherMajorVersionAndLeavesItAsItIs() throws Exception {
    var version = Files.createDirectories(home.resolve("data")).resolve("PG_VERSION");
    Files.writeString(version, "17\n");
    assertThatThrownBy(() -> TestServers.start(home))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("PostgreSQL 17")
        .hasMessageContaining("PostgreSQL 18");
    assertThat(home.resolve("data")).isDirectoryContaining(version::equals);
  }

  @Test
  void refusesFilesThatAreNoDatabaseAndLeavesThemAsTheyAre() throws Exception {
    var file = Files.createDirectories(home.resolve("data")).resolve("letters");
    Files.writeString(file, "mine");
    assertThatThrownBy(() -> TestServers.start(home))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("PG_VERSION");
    assertThat(file).hasContent("mine");
  }

  @Test
  void neverMakesADatabaseOverOneThatFailsToStart() throws Exception {
    TestServers.start(home).close();
    Files.delete(home.resolve("data/global/pg_control"));
    assertThatThrownBy(() -> TestServers.start(home))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("could not find the database system");
    assertThat(home.resolve("data/base")).isDirectory();
  }
}
