package org.tlsrpt.collector.access;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * HTTPS on the main port when {@code tlsrpt.tls.certificate} and {@code tlsrpt.tls.private-key}
 * name files. Everything else about it is decided here, as defaults that {@code server.ssl.*}
 * overrides.
 */
final class Https implements EnvironmentPostProcessor {

  static final String CERTIFICATE = "tlsrpt.tls.certificate";
  static final String PRIVATE_KEY = "tlsrpt.tls.private-key";

  /**
   * Mozilla's intermediate level, guideline 5.7, without its finite-field suites: AEAD and forward
   * secrecy, and nothing else. By default Java would offer CBC suites too.
   */
  static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private static final String BUNDLE = "spring.ssl.bundle.pem.tlsrpt.";

  /**
   * Adds the settings, last of all sources.
   *
   * @throws KeyPairException if only one of the two files is named, or they cannot be used
   */
  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    var certificate = path(environment, CERTIFICATE);
    var privateKey = path(environment, PRIVATE_KEY);
    if (certificate == null && privateKey == null) {
      return;
    }
    if (certificate == null || privateKey == null) {
      throw oneAlone(certificate == null ? PRIVATE_KEY : CERTIFICATE);
    }
    KeyPairFiles.check(certificate, privateKey);
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("tlsrpt.tls", settings(certificate, privateKey)));
  }

  private static Map<String, Object> settings(Path certificate, Path privateKey) {
    return Map.of(
        BUNDLE + "keystore.certificate",
        certificate.toString(),
        BUNDLE + "keystore.private-key",
        privateKey.toString(),
        // Else a new certificate beside the old key is loaded, and every handshake fails.
        BUNDLE + "keystore.verify-keys",
        "true",
        BUNDLE + "reload-on-update",
        "true",
        BUNDLE + "options.enabled-protocols",
        "TLSv1.3,TLSv1.2",
        BUNDLE + "options.ciphers",
        String.join(",", CIPHER_SUITES),
        "spring.ssl.bundle.watch.file.quiet-period",
        "2s",
        "server.ssl.bundle",
        "tlsrpt",
        "server.http2.enabled",
        "true",
        // Probes and Prometheus ask by address, from near by; else it would take our certificate.
        "management.server.ssl.enabled",
        "false");
  }

  private static @Nullable Path path(ConfigurableEnvironment environment, String property) {
    var text = environment.getProperty(property);
    if (!StringUtils.hasText(text)) {
      return null;
    }
    try {
      return Path.of(text.strip()).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new KeyPairException(
          "%s is not the name of a file: %s".formatted(property, e.getReason()),
          "Name a PEM file by its path.",
          e);
    }
  }

  private static KeyPairException oneAlone(String named) {
    return new KeyPairException(
        "%s is set, and %s is not."
            .formatted(named, named.equals(CERTIFICATE) ? PRIVATE_KEY : CERTIFICATE),
        "Set both for HTTPS, or neither for HTTP behind a proxy.");
  }
}
