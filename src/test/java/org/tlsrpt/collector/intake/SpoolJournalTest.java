package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.tlsrpt.collector.testing.HandClock;

@ExtendWith(OutputCaptureExtension.class)
class SpoolJournalTest {

  private final HandClock clock = new HandClock("2026-03-01T00:00:00Z");
  private final SpoolJournal journal = new SpoolJournal(clock);

  @Test
  void saysOnceAMinuteWhyDeliveriesWait(CapturedOutput log) {
    journal.kept("first");
    clock.advance(Duration.ofSeconds(59));
    journal.kept("second");
    clock.advance(Duration.ofSeconds(1));
    journal.kept("third");

    assertThat(said(log)).containsExactly("first", "third");
  }

  @Test
  void isNotSilencedByAClockThatIsSetBack(CapturedOutput log) {
    journal.kept("first");
    clock.advance(Duration.ofHours(-1));
    journal.kept("second");

    assertThat(said(log)).containsExactly("first", "second");
  }

  @Test
  void leavesOutWhatMayQuoteTheReport(CapturedOutput log) {
    journal.kept("ERROR: a rule is broken\n  Detail: Key (organization)=(Evil Inc.)");

    assertThat(log).contains("spool: ERROR: a rule is broken").doesNotContain("Evil");
  }

  private static String[] said(CapturedOutput log) {
    return Pattern.compile("Deliveries wait in the spool: (\\w+)")
        .matcher(log.getAll())
        .results()
        .map(match -> match.group(1))
        .toArray(String[]::new);
  }
}
