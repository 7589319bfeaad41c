package org.tlsrpt.collector.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Compares passwords with their hashes. That is made to be slow, so
 *
 * <ul>
 *   <li>the answer is remembered: scripts that come with each request cost one comparison in ten
 *       minutes. Remembered is a keyed hash over name, password and the stored hash, with a key
 *       that this process alone has; another password of the account has another stored hash, so
 *       what was remembered about the old one is never found again;
 *   <li>few are made at a time, whoever asks: deliveries need the processors too.
 * </ul>
 */
@Component
class Passwords {

  private static final Duration RIGHT_FOR = Duration.ofMinutes(10);

  /** The same mistake again is no new guess, and costs nothing. */
  private static final Duration WRONG_FOR = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String HMAC = "HmacSHA256";

  private final PasswordEncoder encoder;
  private final Attempts attempts;
  private final SecretKeySpec key;

  /** What is compared where there is no account, so that an answer takes as long. */
  private final String nobody;

  /** Known addresses do not queue behind an attack that comes from others. */
  private final Semaphore known = new Semaphore(1, true);

  private final Semaphore others =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 4), true);

  private final AsyncCache<String, Boolean> remembered =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfter(
              Expiry.<String, Boolean>creating(
                  (credentials, right) -> right ? RIGHT_FOR : WRONG_FOR))
          .buildAsync();

  Passwords(PasswordEncoder encoder, Attempts attempts) {
    this.encoder = encoder;
    this.attempts = attempts;
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
    this.nobody = encoder.encode(HexFormat.of().formatHex(random));
  }

  /**
   * Whether a password is right.
   *
   * @param account as it was typed
   * @param password as it was typed
   * @param stored the hash of the right one; {@code null} if there is no such account
   * @param address of the peer
   * @throws RefusedLogin if nobody can tell now
   */
  boolean matches(String account, String password, @Nullable String stored, String address) {
    var hash = stored == null ? nobody : stored;
    var credentials = keyed(account, password, hash);
    var mine = new CompletableFuture<Boolean>();
    var before = remembered.asMap().putIfAbsent(credentials, mine);
    if (before != null) {
      return answerOf(before);
    }
    try {
      var right = compare(account, password, hash, address) && stored != null;
      mine.complete(right);
      return right;
    } finally {
      // If it was refused: not remembered then. The cache would log any other way to say so.
      mine.cancel(false);
    }
  }

  private static boolean answerOf(CompletableFuture<Boolean> comparison) {
    try {
      return comparison.join();
    } catch (CancellationException e) {
      throw RefusedLogin.busy();
    }
  }

  private boolean compare(String account, String password, String hash, String address) {
    var attempt = attempts.password(account, address);
    var lane = attempts.isKnown(account, address) ? known : others;
    if (!entered(lane)) {
      attempt.giveBack();
      throw RefusedLogin.busy();
    }
    try {
      // BCrypt would look at the first 72 bytes only.
      var right =
          password.getBytes(StandardCharsets.UTF_8).length <= AdminAccount.LONGEST_BYTES
              && encoder.matches(password, hash);
      if (right) {
        attempt.giveBack();
        attempts.succeeded(account, address);
      }
      return right;
    } finally {
      lane.release();
    }
  }

  private static boolean entered(Semaphore lane) {
    try {
      return lane.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String keyed(String... parts) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      for (var part : parts) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }
}
