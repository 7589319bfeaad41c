package org.tlsrpt.collector.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no orphan; {@link RestartTest} has those that are. */
class OrphanTest {

  private static final Programs NONE_TO_RUN = new Programs(Path.of("none"), List.of());

  @TempDir Path home;

  @Test
  void leavesAForeignProcessAloneThatGotTheNumberOfTheServer() throws Exception {
    TestServers.start(home).close();
    var foreign = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(TestServers.pidFile(home), foreign.pid() + "\n" + home.resolve("data"));
      TestServers.start(home).close();
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      foreign.destroyForcibly();
    }
  }

  @Test
  void leavesAProcessAloneThatOnlyWorksInTheDataDirectory() throws Exception {
    var data = Files.createDirectory(home.resolve("data"));
    var visitor = new ProcessBuilder("sleep", "600").directory(data.toFile()).start();
    try {
      assertMarkRemoved(visitor.pid() + "\n" + data);
      assertThat(visitor.isAlive()).isTrue();
    } finally {
      visitor.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "not a number\n", "-1\n", "0\n", "99999999999999\n"})
  void removesAMarkThatWasCutShortSinceNoServerStartsBesideIt(String mark) throws Exception {
    Files.createDirectory(home.resolve("data"));
    assertMarkRemoved(mark);
  }

  private void assertMarkRemoved(String mark) throws IOException, InterruptedException {
    Files.writeString(TestServers.pidFile(home), mark);
    Orphan.stop(home.resolve("data"), NONE_TO_RUN);
    assertThat(TestServers.pidFile(home)).doesNotExist();
  }
}
