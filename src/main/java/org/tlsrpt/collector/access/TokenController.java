package org.tlsrpt.collector.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Bearer tokens by call: made, listed, revoked. */
@RestController
@RequestMapping("/v1/tokens")
class TokenController {

  private static final List<String> MEMBERS = List.of("name", "scope", "domains", "expiresAt");

  private final Tokens tokens;

  TokenController(Tokens tokens) {
    this.tokens = tokens;
  }

  /** A token as lists show it: all of {@link Token}, with the scope as the word that calls use. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Token")
  record Shown(
      UUID id,
      String name,
      String scope,
      @Nullable List<String> domains,
      Instant createdAt,
      String createdBy,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {

    static Shown of(Token token) {
      return new Shown(
          token.id(),
          token.name(),
          token.scope().word(),
          token.domains(),
          token.createdAt(),
          token.createdBy(),
          token.expiresAt(),
          token.lastUsedAt(),
          token.revokedAt());
    }
  }

  /**
   * A token just made.
   *
   * @param shown as lists show it
   * @param token what its holder sends; nobody can show it again
   */
  @Schema(name = "MadeToken")
  record Made(@JsonUnwrapped Shown shown, String token) {

    @Override
    public String toString() {
      return "Made[shown=" + shown + "]";
    }
  }

  @PostMapping
  ResponseEntity<Made> make(Authentication who, HttpServletRequest request) throws IOException {
    Listing.refuseParameters(request);
    var members = Members.of(request, MEMBERS);
    var wish =
        new Tokens.Wish(
            members.text("name"),
            members.scope(),
            members.textsOrNull("domains"),
            members.instantOrNull("expiresAt"));
    var made = Members.acceptable(() -> tokens.make(wish, Caller.of(who).signature()));
    return ResponseEntity.created(URI.create("/v1/tokens/" + made.token().id()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Made(Shown.of(made.token()), made.text()));
  }

  @GetMapping
  ResponseEntity<Listing<Shown>> list(HttpServletRequest request) {
    var asked = Listing.Request.of(request);
    var cursor = asked.cursor();
    var after =
        cursor == null
            ? null
            : uuid(cursor).flatMap(tokens::find).orElseThrow(Listing::wrongCursor);
    var found = tokens.list(after, asked.limit() + 1).stream().map(Shown::of).toList();
    return Listing.of(request, asked, found, token -> token.id().toString());
  }

  @GetMapping("/{id}")
  ResponseEntity<Shown> show(@PathVariable String id, HttpServletRequest request) {
    Listing.refuseParameters(request);
    var token = uuid(id).flatMap(tokens::find).orElseThrow(TokenController::unknown);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(Shown.of(token));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> revoke(
      @PathVariable String id, Authentication who, HttpServletRequest request) {
    Listing.refuseParameters(request);
    var uuid = uuid(id).orElseThrow(TokenController::unknown);
    if (!tokens.revoke(uuid, Caller.of(who).signature())) {
      throw unknown();
    }
    return ResponseEntity.noContent().build();
  }

  /** An id in its one text form. */
  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static AccessProblem unknown() {
    return AccessProblem.notFound("There is no token with this id.");
  }
}
