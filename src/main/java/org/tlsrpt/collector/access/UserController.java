package org.tlsrpt.collector.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts with a password by call: made, listed, changed, deleted. */
@RestController
@RequestMapping("/v1/users")
class UserController {

  private static final List<String> MEMBERS = List.of("name", "password", "scope", "domains");
  private static final List<String> CHANGES = List.of("password", "scope", "domains");

  private final Users users;

  UserController(Users users) {
    this.users = users;
  }

  /** An account as lists show it: all of {@link User}, with the scope as the word calls use. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "User")
  record Shown(
      String name,
      String scope,
      @Nullable List<String> domains,
      Instant createdAt,
      String createdBy,
      @Nullable Instant lastUsedAt) {

    static Shown of(User user) {
      return new Shown(
          user.name(),
          user.scope().word(),
          user.domains(),
          user.createdAt(),
          user.createdBy(),
          user.lastUsedAt());
    }
  }

  @PostMapping
  ResponseEntity<Shown> make(Authentication who, HttpServletRequest request) throws IOException {
    Listing.refuseParameters(request);
    var members = Members.of(request, MEMBERS);
    var wish =
        new Users.Wish(
            members.text("name"),
            members.text("password"),
            members.scope(),
            members.textsOrNull("domains"));
    var user =
        Members.acceptable(() -> users.make(wish, Caller.of(who).signature()))
            .orElseThrow(() -> AccessProblem.taken("There is an account with this name already."));
    return answer(ResponseEntity.created(address(user)), user);
  }

  @GetMapping
  ResponseEntity<Listing<Shown>> list(HttpServletRequest request) {
    var asked = Listing.Request.of(request);
    var cursor = asked.cursor();
    if (cursor != null && !Users.isName(cursor)) {
      throw Listing.wrongCursor();
    }
    var found = users.list(cursor == null ? "" : cursor, asked.limit() + 1);
    return Listing.of(request, asked, found.stream().map(Shown::of).toList(), Shown::name);
  }

  @GetMapping("/{name}")
  ResponseEntity<Shown> show(@PathVariable String name, HttpServletRequest request) {
    Listing.refuseParameters(request);
    var user = known(name).flatMap(users::find).orElseThrow(UserController::unknown);
    return answer(ResponseEntity.ok(), user);
  }

  @PatchMapping("/{name}")
  ResponseEntity<Shown> change(
      @PathVariable String name, Authentication who, HttpServletRequest request)
      throws IOException {
    Listing.refuseParameters(request);
    var members = Members.of(request, CHANGES);
    var change =
        new Users.Change(
            members.has("password") ? members.text("password") : null,
            members.has("scope") ? members.scope() : null,
            members.has("domains") ? new Users.Limit(members.textsOrNull("domains")) : null);
    var user =
        known(name)
            .flatMap(
                known ->
                    Members.acceptable(
                        () -> users.change(known, change, Caller.of(who).signature())))
            .orElseThrow(UserController::unknown);
    return answer(ResponseEntity.ok(), user);
  }

  @DeleteMapping("/{name}")
  ResponseEntity<Void> delete(
      @PathVariable String name, Authentication who, HttpServletRequest request) {
    Listing.refuseParameters(request);
    if (known(name).filter(it -> users.delete(it, Caller.of(who).signature())).isEmpty()) {
      throw unknown();
    }
    return ResponseEntity.noContent().build();
  }

  private static ResponseEntity<Shown> answer(ResponseEntity.BodyBuilder answer, User user) {
    return answer
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.APPLICATION_JSON)
        .body(Shown.of(user));
  }

  /** All that a name may hold may stand in a path. */
  private static URI address(User user) {
    return URI.create("/v1/users/" + user.name());
  }

  private static Optional<String> known(String name) {
    return Optional.of(name.toLowerCase(Locale.ROOT)).filter(Users::isName);
  }

  private static AccessProblem unknown() {
    return AccessProblem.notFound("There is no account with this name.");
  }
}
