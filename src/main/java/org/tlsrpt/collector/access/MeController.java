package org.tlsrpt.collector.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells somebody who they are here. */
@RestController
class MeController {

  /**
   * Who makes this call.
   *
   * @param name for people
   * @param kind {@code configured}, {@code user}, {@code token}, {@code oauth} or {@code oidc}
   * @param scope {@code read}, {@code admin} or {@code none}
   * @param domains that can be seen; {@code null}: all
   * @param expiresAt of a token; {@code null}: never
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Me(
      String name,
      String kind,
      String scope,
      @Nullable List<String> domains,
      @Nullable Instant expiresAt) {}

  @GetMapping("/v1/me")
  ResponseEntity<Me> me(Authentication who, HttpServletRequest request) {
    Listing.refuseParameters(request);
    var caller = Caller.of(who);
    var scope = caller.grant().scope();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(
            new Me(
                caller.name(),
                caller.kind().name().toLowerCase(Locale.ROOT),
                scope == null ? "none" : scope.word(),
                caller.grant().domains(),
                caller.expiresAt()));
  }
}
