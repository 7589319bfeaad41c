package org.tlsrpt.collector.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Sites whose pages may read from here with a key of their own (CORS). None unless named; and none
 * may change anything, see {@link CrossSiteRefusal}, or use a session of the browser.
 *
 * @param allowedOrigins as browsers send them, {@code https://grafana.example.net}
 */
@ConfigurationProperties("tlsrpt.cors")
record CrossOriginReads(@DefaultValue List<String> allowedOrigins)
    implements CorsConfigurationSource {

  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

  private static final Duration REMEMBERED = Duration.ofHours(1);

  /** Refuses what no browser would send, a star among it: a key belongs to somebody. */
  CrossOriginReads {
    allowedOrigins = List.copyOf(allowedOrigins);
    for (var origin : allowedOrigins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "tlsrpt.cors.allowed-origins must hold origins like https://grafana.example.net,"
                + " without a path, and '"
                + origin
                + "' is none");
      }
    }
  }

  boolean areWanted() {
    return !allowedOrigins.isEmpty();
  }

  /** Nothing for other sites: their pages get answers they may not read, as without any of this. */
  @Override
  public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || !allowedOrigins.contains(origin)) {
      return null;
    }
    var reads = new CorsConfiguration();
    reads.setAllowedOrigins(allowedOrigins);
    reads.setAllowedMethods(List.of("GET", "HEAD"));
    reads.setAllowedHeaders(
        List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.ACCEPT, HttpHeaders.IF_NONE_MATCH));
    reads.setExposedHeaders(
        List.of(
            HttpHeaders.LINK,
            HttpHeaders.ETAG,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.CONTENT_DISPOSITION));
    reads.setMaxAge(REMEMBERED);
    return reads;
  }
}
