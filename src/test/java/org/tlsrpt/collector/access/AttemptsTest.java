package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often somebody may be wrong, and whom that keeps out: nobody else. */
class AttemptsTest {

  private static final String HOME = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";

  private long now = 1;
  private final Attempts attempts = new Attempts(() -> now);

  @Test
  void letsAnAddressBeWrongTwentyTimesAndThenOnceInFiveSeconds() {
    assertThat(wrong("alice", HOME, 30)).isEqualTo(20);
    assertThat(wrong("bob", HOME, 1)).isZero();

    after(Duration.ofSeconds(5));
    assertThat(wrong("alice", HOME, 5)).isEqualTo(1);
    after(Duration.ofMinutes(10));
    assertThat(wrong("alice", HOME, 30)).isEqualTo(20);
  }

  @Test
  void saysHowLongToWait() {
    wrong("alice", HOME, 20);
    after(Duration.ofSeconds(3));

    assertThatThrownBy(() -> attempts.password("alice", HOME))
        .isInstanceOfSatisfying(
            RefusedLogin.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(RefusedLogin.Reason.TOO_OFTEN);
              assertThat(refused.retryAfter())
                  .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
            });
  }

  @Test
  void chargesNothingForWhatIsNoGuess() {
    for (var i = 0; i < 1_000; i++) {
      attempts.password("alice", HOME).giveBack();
    }

    assertThat(wrong("alice", HOME, 30)).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1,      false",
    "192.0.2.1,       ::ffff:192.0.2.1,     true",
    "192.0.2.1,       192.0.2.2,            false",
    "unknown,         unknown,              true",
    "fe80::1%nothing, 192.0.2.1,            false",
  })
  void takesAddressesForOneThatCostTheirOwnerNothing(String one, String other, boolean same) {
    wrong("alice", one, 20);

    assertThat(wrong("alice", other, 1)).isEqualTo(same ? 0 : 1);
  }

  @Test
  void letsAllAddressesTogetherGuessAtOneAccountAHundredTimesAndThenOnceInTwoSeconds() {
    assertThat(wrongFromEverywhere("admin", 500)).isEqualTo(100);

    after(Duration.ofSeconds(2));
    assertThat(wrongFromEverywhere("admin", 500)).isEqualTo(1);
    assertThat(wrongFromEverywhere("alice", 10)).isEqualTo(10);
  }

  /** Otherwise whoever knows a name could keep its owner out. */
  @Test
  void neverKeepsAnAccountOutOfWhereItCameFromBefore() {
    attempts.succeeded("admin", HOME);

    wrongFromEverywhere("admin", 500);

    assertThat(wrong("admin", ELSEWHERE, 1)).isZero();
    assertThat(wrong("admin", HOME, 30)).isEqualTo(20);
  }

  /** Behind one address there may be a whole company. */
  @Test
  void neverKeepsAnAccountOutForWhatItsNeighboursDo() {
    attempts.succeeded("admin", HOME);

    wrong("alice", HOME, 100);

    assertThat(wrong("admin", HOME, 1)).isEqualTo(1);
  }

  /** Whoever sits at the machine is no stranger, even while the whole world guesses. */
  @ParameterizedTest
  @CsvSource({"127.0.0.1", "127.3.4.5", "::1"})
  void neverKeepsAnAccountOutOfTheMachineItself(String loopback) {
    wrongFromEverywhere("admin", 500);
    wrong("alice", loopback, 100);

    assertThat(wrong("admin", loopback, 30)).isEqualTo(20);
  }

  @Test
  void forgetsWhereAnAccountCameFromAfterAMonth() {
    attempts.succeeded("admin", HOME);
    assertThat(attempts.isKnown("admin", HOME)).isTrue();
    assertThat(attempts.isKnown("admin", ELSEWHERE)).isFalse();
    assertThat(attempts.isKnown("alice", HOME)).isFalse();

    after(Duration.ofDays(31));

    assertThat(attempts.isKnown("admin", HOME)).isFalse();
  }

  @Test
  void refusesBeforeTheDatabaseIsAskedOnlyWhatHasUsedUpItsTries() {
    assertThatCode(() -> attempts.refuseIfExhausted("alice", HOME)).doesNotThrowAnyException();
    wrong("alice", HOME, 20);

    assertThatThrownBy(() -> attempts.refuseIfExhausted("bob", HOME))
        .isInstanceOf(RefusedLogin.class);
    assertThatCode(() -> attempts.refuseIfExhausted("alice", ELSEWHERE)).doesNotThrowAnyException();
  }

  @Test
  void letsAnAddressComeWithFiveHundredWrongTokensAndThenTwentyASecond() {
    for (var i = 0; i < 500; i++) {
      attempts.refuseTokensIfExhausted(HOME);
      attempts.wrongToken(HOME);
    }
    assertThatThrownBy(() -> attempts.refuseTokensIfExhausted(HOME))
        .isInstanceOf(RefusedLogin.class);
    assertThatCode(() -> attempts.refuseTokensIfExhausted(ELSEWHERE)).doesNotThrowAnyException();
    assertThat(wrong("alice", HOME, 1)).isEqualTo(1);

    after(Duration.ofMillis(50));
    assertThatCode(() -> attempts.refuseTokensIfExhausted(HOME)).doesNotThrowAnyException();
  }

  @Test
  void sendsAnAddressToTheProviderSixtyTimesAndThenOnceASecond() {
    assertThat(admitted(100, () -> attempts.loginBegun(HOME))).isEqualTo(60);

    after(Duration.ofSeconds(1));
    assertThat(admitted(5, () -> attempts.loginBegun(HOME))).isEqualTo(1);
  }

  private int wrong(String account, String address, int times) {
    return admitted(times, () -> attempts.password(account, address));
  }

  private int wrongFromEverywhere(String account, int times) {
    var number = new int[1];
    return admitted(times, () -> attempts.password(account, address(number[0]++)));
  }

  private static String address(int number) {
    return "2001:db8:" + Integer.toHexString(number) + "::1";
  }

  private static int admitted(int times, Runnable attempt) {
    return admitted(
        times,
        () -> {
          attempt.run();
          return true;
        });
  }

  private static int admitted(int times, Supplier<?> attempt) {
    var admitted = 0;
    for (var i = 0; i < times; i++) {
      try {
        attempt.get();
        admitted++;
      } catch (RefusedLogin refused) {
        // counted by not being counted
      }
    }
    return admitted;
  }

  private void after(Duration pause) {
    now += pause.toNanos();
  }
}
