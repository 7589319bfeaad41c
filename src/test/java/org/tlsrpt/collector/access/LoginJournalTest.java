package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LoginJournalTest {

  private final LoginJournal journal = new LoginJournal(new SimpleMeterRegistry());

  @Test
  void saysOnceAMinuteOfASourceThatItGuesses(CapturedOutput output) {
    for (var n = 0; n < 3; n++) {
      journal.refused(RefusedLogin.tooOften(Duration.ofSeconds(5)), "192.0.2.1");
    }
    journal.refused(RefusedLogin.tooOften(Duration.ofSeconds(5)), "192.0.2.2");

    assertThat(output.getAll())
        .containsOnlyOnce("A login from 192.0.2.1 was refused: Too many logins failed")
        .containsOnlyOnce("A login from 192.0.2.2 was refused: Too many logins failed");
  }
}
