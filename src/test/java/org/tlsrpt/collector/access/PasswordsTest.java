package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Passwords are compared seldom and few at a time. */
class PasswordsTest {

  private static final String HOME = "192.0.2.1";

  /** The password backwards, counted, and slow if a test wants it. */
  private static final class Backwards implements PasswordEncoder {

    private final AtomicInteger comparisons = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public String encode(CharSequence password) {
      return new StringBuilder(password).reverse().toString();
    }

    @Override
    public boolean matches(CharSequence password, String stored) {
      comparisons.incrementAndGet();
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      try {
        gate.await();
        return encode(password).equals(stored);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        atOnce.decrementAndGet();
      }
    }
  }

  private final Backwards encoder = new Backwards();
  private final Attempts attempts = new Attempts();
  private final Passwords passwords = new Passwords(encoder, attempts);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void end() {
    encoder.gate.countDown();
    threads.close();
  }

  @Test
  void comparesOnceForAScriptThatComesAThousandTimes() {
    for (var i = 0; i < 1_000; i++) {
      assertThat(passwords.matches("alice", "secret", "terces", HOME)).isTrue();
    }

    assertThat(encoder.comparisons).hasValue(1);
  }

  @Test
  void comparesOnceForAScriptThatComesFiftyTimesAtOnce() throws Exception {
    encoder.gate = new CountDownLatch(1);
    var answers = new ArrayList<Future<Boolean>>();
    for (var i = 0; i < 50; i++) {
      answers.add(threads.submit(() -> passwords.matches("alice", "secret", "terces", HOME)));
    }
    encoder.gate.countDown();

    for (var answer : answers) {
      assertThat(answer.get()).isTrue();
    }
    assertThat(encoder.comparisons).hasValue(1);
  }

  @Test
  void comparesAgainOnceThePasswordIsAnother() {
    assertThat(passwords.matches("alice", "secret", "terces", HOME)).isTrue();

    assertThat(passwords.matches("alice", "secret", "rehto", HOME)).isFalse();
    assertThat(passwords.matches("alice", "other", "rehto", HOME)).isTrue();
  }

  @Test
  void remembersForOneAccountOnly() {
    assertThat(passwords.matches("alice", "secret", "terces", HOME)).isTrue();

    assertThat(passwords.matches("bob", "secret", "nothing", HOME)).isFalse();
    assertThat(passwords.matches("alic", "esecret", "terces", HOME)).isFalse();
    assertThat(passwords.matches("alices", "ecret", "terces", HOME)).isFalse();
  }

  @Test
  void comparesJustAsWellWhereThereIsNoAccount() {
    assertThat(passwords.matches("nobody", "secret", null, HOME)).isFalse();

    assertThat(encoder.comparisons).hasValue(1);
  }

  /** A script that was given the wrong password guesses nothing by trying it again. */
  @Test
  void takesTheSameMistakeForOneGuess() {
    for (var i = 0; i < 1_000; i++) {
      assertThat(passwords.matches("alice", "wrong", "terces", HOME)).isFalse();
    }

    assertThat(encoder.comparisons).hasValue(1);
    assertThat(passwords.matches("alice", "secret", "terces", HOME)).isTrue();
  }

  @Test
  void stopsComparingForWhoeverGuesses() {
    var guesses = 0;
    try {
      while (guesses < 100) {
        assertThat(passwords.matches("alice", "guess " + guesses, "terces", HOME)).isFalse();
        guesses++;
      }
    } catch (RefusedLogin refused) {
      assertThat(refused.reason()).isEqualTo(RefusedLogin.Reason.TOO_OFTEN);
    }

    assertThat(guesses).isEqualTo(20);
    assertThat(encoder.comparisons).hasValue(20);
    assertThatThrownBy(() -> passwords.matches("alice", "secret", "terces", HOME))
        .as("not even the right one")
        .isInstanceOf(RefusedLogin.class);
  }

  /** What was refused for want of tries was not judged. */
  @Test
  void doesNotRememberARefusal() {
    for (var i = 0; i < 20; i++) {
      passwords.matches("alice", "guess " + i, "terces", HOME);
    }
    assertThatThrownBy(() -> passwords.matches("alice", "secret", "terces", HOME))
        .isInstanceOf(RefusedLogin.class);

    assertThat(passwords.matches("alice", "secret", "terces", "198.51.100.7")).isTrue();
  }

  @Test
  void comparesFewAtATimeAndTurnsTheRestAway() throws Exception {
    encoder.gate = new CountDownLatch(1);
    var flood = new ArrayList<Future<Boolean>>();
    for (var i = 0; i < 100; i++) {
      var number = i;
      flood.add(threads.submit(guess("account" + number, "203.0.113." + number)));
    }
    Awaitility.await().until(() -> flood.stream().filter(Future::isDone).count() >= 50);
    encoder.gate.countDown();

    var most = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
    assertThat(encoder.mostAtOnce.get()).isLessThanOrEqualTo(most);
    assertThat(flood.stream().filter(it -> it.state() == Future.State.FAILED))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.exceptionNow()).isInstanceOf(RefusedLogin.class));
  }

  @Test
  void doesNotLetWhoeverIsKnownQueueBehindAFlood() throws Exception {
    assertThat(passwords.matches("admin", "old", "dlo", HOME)).isTrue();
    encoder.gate = new CountDownLatch(1);
    for (var i = 0; i < 100; i++) {
      threads.submit(guess("admin", "203.0.113." + i));
    }
    Awaitility.await().until(() -> encoder.atOnce.get() >= 1);
    var before = encoder.comparisons.get();

    var answer = threads.submit(() -> passwords.matches("admin", "new", "wen", HOME));

    Awaitility.await().until(() -> encoder.comparisons.get() == before + 1);
    encoder.gate.countDown();
    assertThat(answer.get()).isTrue();
  }

  private Callable<Boolean> guess(String account, String address) {
    return () -> passwords.matches(account, "guess from " + address, "terces", address);
  }
}
