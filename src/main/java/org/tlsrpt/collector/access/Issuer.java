package org.tlsrpt.collector.access;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The OAuth 2 and OpenID issuer that is trusted, if there is one. Asked when somebody first comes
 * with a token or logs in, never at the start: it may be away then, and deliveries are taken all
 * the same.
 */
@Component
class Issuer {

  private static final Logger log = LoggerFactory.getLogger(Issuer.class);

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** An issuer that did not answer is left alone for so long. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
  private static final Duration KEYS_KEPT_WHILE_AWAY = Duration.ofHours(1);
  private static final Duration BETWEEN_TWO_LOOKS_FOR_A_KEY = Duration.ofSeconds(30);
  private static final int LARGEST_KEYS = 256 * 1024;

  /** Signatures only: a shared secret proves nothing here, and neither does {@code none}. */
  private static final List<SignatureAlgorithm> ALGORITHMS = List.of(SignatureAlgorithm.values());

  private static final ParameterizedTypeReference<Map<String, Object>> JSON =
      new ParameterizedTypeReference<>() {};

  private final IssuerSettings settings;
  private final RestClient http;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Discovered discovered;
  private volatile @Nullable Long failedAt;

  /**
   * What the issuer says about itself.
   *
   * @param metadata as OpenID Connect Discovery 1.0 or RFC 8414 has it
   * @param keys it signs with
   */
  record Discovered(Map<String, Object> metadata, JWKSource<SecurityContext> keys) {

    /** Verifies signatures; the caller adds what else must be true. */
    NimbusJwtDecoder decoder() {
      return NimbusJwtDecoder.withJwkSource(keys)
          .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
          .build();
    }
  }

  Issuer(IssuerSettings settings) {
    this.settings = settings;
    this.http = RestClient.builder().requestFactory(requests()).build();
  }

  /** How it is spoken to: never for long. */
  static SimpleClientHttpRequestFactory requests() {
    var requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(TIMEOUT);
    requests.setReadTimeout(TIMEOUT);
    return requests;
  }

  /**
   * Asks the issuer about itself, once.
   *
   * @throws RefusedLogin if it does not answer
   */
  Discovered discovered() {
    var known = discovered;
    if (known != null) {
      return known;
    }
    if (!mayAsk()) {
      throw away(new IllegalStateException("it did not answer within the last seconds"));
    }
    try {
      return discover();
    } finally {
      asking.unlock();
    }
  }

  /** Takes the lock, unless the issuer was found away a moment ago. */
  private boolean mayAsk() {
    try {
      if (isLeftAlone() || !asking.tryLock(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    if (discovered == null && isLeftAlone()) {
      asking.unlock();
      return false;
    }
    return true;
  }

  private boolean isLeftAlone() {
    var last = failedAt;
    return last != null && System.nanoTime() - last < PAUSE.toNanos();
  }

  private Discovered discover() {
    var known = discovered;
    if (known != null) {
      return known;
    }
    try {
      var metadata = metadata();
      var found = new Discovered(metadata, keys(metadata));
      discovered = found;
      return found;
    } catch (RestClientException | IllegalArgumentException e) {
      failedAt = System.nanoTime();
      log.warn("The issuer {} cannot be used: {}", settings.issuer(), e.getMessage());
      throw away(e);
    }
  }

  private Map<String, Object> metadata() {
    var issuer = settings.required();
    var metadata = get(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
    if (metadata == null) {
      var uri = URI.create(issuer);
      metadata =
          get(uri.resolve("/.well-known/oauth-authorization-server" + uri.getPath()).toString());
    }
    if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
      throw new IllegalArgumentException("it does not publish metadata that name it");
    }
    return metadata;
  }

  private @Nullable Map<String, Object> get(String address) {
    try {
      return http.get().uri(URI.create(address)).retrieve().body(JSON);
    } catch (HttpClientErrorException.NotFound e) {
      return null;
    }
  }

  private static JWKSource<SecurityContext> keys(Map<String, Object> metadata) {
    var timeout = (int) TIMEOUT.toMillis();
    try {
      return JWKSourceBuilder.<SecurityContext>create(
              URI.create(String.valueOf(metadata.get("jwks_uri"))).toURL(),
              new DefaultResourceRetriever(timeout, timeout, LARGEST_KEYS))
          .cache(KEYS_KEPT.toMillis(), 2L * timeout)
          .refreshAheadCache(false)
          // Anybody can name a key that does not exist.
          .rateLimited(BETWEEN_TWO_LOOKS_FOR_A_KEY.toMillis())
          .outageTolerant(KEYS_KEPT_WHILE_AWAY.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("its jwks_uri is no address", e);
    }
  }

  private static RefusedLogin away(Exception cause) {
    return RefusedLogin.unavailable("The issuer of tokens", cause);
  }
}
