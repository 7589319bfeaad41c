package org.tlsrpt.collector.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How often somebody may be wrong. Each try takes a piece of a budget and gets it back if it was no
 * guess, so that what succeeds costs nothing.
 *
 * <p>Nobody shuts out anybody else: whoever has logged in from an address before, or sits at the
 * machine itself, has a budget of that account and address alone. Only tries from addresses that an
 * account never came from share the budget of the account.
 */
@Component
class Attempts {

  /** Wrong passwords of one address (IPv6: of one /64), and of one account at one address. */
  private static final Budget ADDRESS = new Budget(20, Duration.ofSeconds(5));

  /** Wrong passwords of one account from all addresses it never came from. */
  private static final Budget ACCOUNT = new Budget(100, Duration.ofSeconds(2));

  /** Tokens that are none. No one can guess them; this bounds what looking them up costs. */
  private static final Budget TOKEN = new Budget(500, Duration.ofMillis(50));

  /** Browsers sent to the OpenID provider. */
  private static final Budget BROWSER = new Budget(60, Duration.ofSeconds(1));

  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final Duration KNOWN_FOR = Duration.ofDays(30);

  private final TimeMeter meter;
  private final Cache<String, Bucket> addresses;
  private final Cache<String, Bucket> accounts;
  private final Cache<String, Bucket> tokens;
  private final Cache<String, Bucket> browsers;
  private final Cache<Pair, Bucket> known;

  /** So many at once, and another one after each pause. */
  private record Budget(int burst, Duration pause) {}

  private record Pair(String account, String address) {}

  @Autowired
  Attempts() {
    this(Ticker.systemTicker());
  }

  /** With another clock: nanoseconds that never go back. */
  Attempts(Ticker ticker) {
    this.meter =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return ticker.read();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
    this.addresses = cache(ticker, FORGOTTEN, 100_000);
    this.accounts = cache(ticker, FORGOTTEN, 10_000);
    this.tokens = cache(ticker, FORGOTTEN, 100_000);
    this.browsers = cache(ticker, FORGOTTEN, 100_000);
    this.known = cache(ticker, KNOWN_FOR, 10_000);
  }

  private static <K> Cache<K, Bucket> cache(Ticker ticker, Duration unused, int most) {
    return Caffeine.newBuilder().ticker(ticker).expireAfterAccess(unused).maximumSize(most).build();
  }

  /** A try that has begun; what it took stays taken unless it is given back. */
  static final class Try {

    private final List<Bucket> taken;

    private Try(List<Bucket> taken) {
      this.taken = taken;
    }

    /** It was no guess: right, or nobody could tell. */
    void giveBack() {
      taken.forEach(bucket -> bucket.addTokens(1));
    }
  }

  /**
   * Begins a try of a password.
   *
   * @param account as it was typed
   * @param address of the peer
   * @throws RefusedLogin if there were too many wrong ones
   */
  Try password(String account, String address) {
    return take(buckets(account, address));
  }

  /**
   * Before a bearer token is looked at more closely.
   *
   * @param address of the peer
   * @throws RefusedLogin if there were too many that are none
   */
  void refuseTokensIfExhausted(String address) {
    refuseIfEmpty(tokens(address));
  }

  /** It is none. */
  void wrongToken(String address) {
    tokens(address).tryConsume(1);
  }

  private Bucket tokens(String address) {
    return tokens.get(SourceAddress.of(address), key -> bucket(TOKEN));
  }

  /**
   * Notes that a browser is sent to the OpenID provider.
   *
   * @param address of the peer
   * @throws RefusedLogin if there were too many
   */
  void loginBegun(String address) {
    take(List.of(browsers.get(SourceAddress.of(address), key -> bucket(BROWSER))));
  }

  /** Refuses without counting: for what must be looked up before it can be a try. */
  void refuseIfExhausted(String account, String address) {
    buckets(account, address).forEach(Attempts::refuseIfEmpty);
  }

  private static void refuseIfEmpty(Bucket bucket) {
    if (bucket.getAvailableTokens() == 0) {
      throw RefusedLogin.tooOften(pause(bucket));
    }
  }

  /** The account came from this address, with the right password. */
  void succeeded(String account, String address) {
    var _ = known.get(new Pair(account, SourceAddress.of(address)), key -> bucket(ADDRESS));
  }

  /** Whether the account ever came from this address, as far as this instance remembers. */
  boolean isKnown(String account, String address) {
    return SourceAddress.isLoopback(address)
        || known.getIfPresent(new Pair(account, SourceAddress.of(address))) != null;
  }

  private List<Bucket> buckets(String account, String address) {
    var source = SourceAddress.of(address);
    var own = known.getIfPresent(new Pair(account, source));
    if (own != null) {
      return List.of(own);
    }
    if (SourceAddress.isLoopback(address)) {
      return List.of(addresses.get(source + " " + account, key -> bucket(ADDRESS)));
    }
    return List.of(
        addresses.get(source, key -> bucket(ADDRESS)),
        accounts.get(account, key -> bucket(ACCOUNT)));
  }

  private Try take(List<Bucket> buckets) {
    for (var i = 0; i < buckets.size(); i++) {
      if (!buckets.get(i).tryConsume(1)) {
        new Try(buckets.subList(0, i)).giveBack();
        throw RefusedLogin.tooOften(pause(buckets.get(i)));
      }
    }
    return new Try(buckets);
  }

  private static Duration pause(Bucket bucket) {
    var nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return Duration.ofSeconds(1 + Duration.ofNanos(nanos).toSeconds());
  }

  private Bucket bucket(Budget budget) {
    return Bucket.builder()
        .withCustomTimePrecision(meter)
        .addLimit(limit -> limit.capacity(budget.burst()).refillGreedy(1, budget.pause()))
        .build();
  }
}
