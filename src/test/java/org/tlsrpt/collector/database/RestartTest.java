package org.tlsrpt.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartTest {

  @TempDir Path home;

  @Test
  void keepsDataAndPasswordFromOneStartToTheNext() throws Exception {
    String password;
    try (var server = TestServers.start(home)) {
      TestServers.execute(server, "create table kept as select 42 as answer");
      password = server.getPassword();
    }
    try (var server = TestServers.start(home)) {
      assertThat(server.getPassword()).isEqualTo(password);
      assertThat(TestServers.ask(server, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void stopsTheServerWhenClosed() throws Exception {
    long pid;
    try (var _ = TestServers.start(home)) {
      pid = TestServers.serverPid(home);
      assertThat(TestServers.runs(pid)).isTrue();
    }
    assertThat(TestServers.runs(pid)).isFalse();
    assertThat(TestServers.pidFile(home)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "INT"})
  void bringsTheServerBackOnTheSamePortWhenItDies(String signal) throws Exception {
    try (var server = TestServers.start(home)) {
      TestServers.execute(server, "create table kept as select 42 as answer");
      var died = TestServers.serverPid(home);
      // Its child holds the shared memory a moment longer than the server lives.
      try (var busy = TestServers.connect(server)) {
        assertThat(busy.isValid(2)).isTrue();
        kill(signal, died);
        await()
            .atMost(Duration.ofSeconds(40))
            .ignoreExceptionsInstanceOf(SQLException.class)
            .until(() -> TestServers.ask(server, "select answer from kept").equals("42"));
      }
      assertThat(TestServers.serverPid(home)).isNotEqualTo(died);
    }
  }

  @Test
  void startsAfterCollectorAndServerWereKilled() throws Exception {
    killCollector();
    var server = TestServers.serverPid(home);
    kill("KILL", server);
    await().until(() -> !TestServers.runs(server));
    assertKeptAfterStart();
  }

  @Test
  void stopsTheServerThatOutlivedItsCollector() throws Exception {
    killCollector();
    var orphan = TestServers.serverPid(home);
    assertThat(TestServers.runs(orphan)).isTrue();
    assertKeptAfterStart();
    assertThat(TestServers.runs(orphan)).isFalse();
  }

  private void killCollector() throws IOException, InterruptedException {
    var collector = TestServers.startElsewhere(home);
    collector.destroyForcibly().waitFor();
  }

  private void assertKeptAfterStart() throws Exception {
    try (var server = TestServers.start(home)) {
      assertThat(TestServers.ask(server, "select answer from kept")).isEqualTo("42");
    }
  }

  private static void kill(String signal, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
