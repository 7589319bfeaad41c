package org.tlsrpt.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

  @TempDir Path home;

  @Test
  void tellsTheSecondCollectorWhoHoldsTheDirectoryAndLeavesTheFirstAlone() throws Exception {
    var first = TestServers.startElsewhere(home);
    try {
      assertThatThrownBy(() -> TestServers.start(home))
          .isInstanceOfSatisfying(
              EmbeddedServerException.class, e -> assertExplained(e, first.pid()));
      assertThat(TestServers.runs(TestServers.serverPid(home))).isTrue();
    } finally {
      first.getOutputStream().close();
      assertThat(first.waitFor()).isZero();
    }
    TestServers.start(home).close();
  }

  @Test
  void holdsWithinOneProcessTooHoweverOftenSomeoneElseTries() throws Exception {
    var real = home.toRealPath();
    try (var _ = DirectoryLock.take(real)) {
      for (var attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> DirectoryLock.take(real))
            .isInstanceOfSatisfying(
                EmbeddedServerException.class,
                e -> assertExplained(e, ProcessHandle.current().pid()));
      }
    }
    DirectoryLock.take(real).close();
  }

  private void assertExplained(EmbeddedServerException e, long holder) {
    assertThat(e.analysis().getDescription())
        .contains(home.toString())
        .contains("process id " + holder + ")");
    assertThat(e.analysis().getAction())
        .contains("tlsrpt.database.directory", "spring.datasource.url");
  }
}
