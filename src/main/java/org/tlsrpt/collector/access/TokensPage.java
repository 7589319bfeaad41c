package org.tlsrpt.collector.access;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** Tokens in a browser: made, shown once, revoked. */
@Controller
class TokensPage {

  private static final int MOST = 200;

  private final Tokens tokens;
  private final Clock clock;

  TokensPage(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @GetMapping("/tokens")
  ModelAndView list() {
    var now = clock.instant();
    return new ModelAndView("tokens")
        .addObject("tokens", tokens.list(null, MOST).stream().map(it -> row(it, now)).toList());
  }

  /**
   * A token in the table.
   *
   * @param state {@code valid}, {@code expired} or {@code revoked}
   */
  record Row(Token token, String state) {}

  private static Row row(Token token, Instant now) {
    if (token.isRevoked()) {
      return new Row(token, "revoked");
    }
    return new Row(token, token.isExpired(now) ? "expired" : "valid");
  }

  @PostMapping("/tokens")
  ModelAndView make(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "read") String scope,
      @RequestParam(defaultValue = "") String domains,
      @RequestParam(defaultValue = "") String expires,
      Authentication who) {
    try {
      var wish = new Tokens.Wish(name, scope(scope), typed(domains), day(expires));
      var made = tokens.make(wish, Caller.of(who).signature());
      return list().addObject("made", made.text()).addObject("madeName", made.token().name());
    } catch (UnacceptableException e) {
      var page = list().addObject("part", e.part()).addObject("rule", e.getMessage());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page.addObject("name", name).addObject("domains", domains);
    }
  }

  @PostMapping("/tokens/{id}/revoke")
  RedirectView revoke(@PathVariable String id, Authentication who) {
    try {
      if (tokens.revoke(UUID.fromString(id), Caller.of(who).signature())) {
        return to("/tokens");
      }
    } catch (IllegalArgumentException e) {
      // no id, so no token either
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }

  static Scope scope(String word) {
    return Scope.of(word)
        .orElseThrow(() -> new UnacceptableException("scope", "must be read or admin."));
  }

  /** Domains one by line, or with commas or blanks between; none for none typed. */
  static @Nullable List<String> typed(String domains) {
    return domains.isBlank() ? null : List.of(domains.strip().split("[\\s,;]+", -1));
  }

  /** The end of a day in UTC. */
  private static @Nullable Instant day(String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(text.strip()).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new UnacceptableException("expiresAt", "must be a day like 2030-01-31.");
    }
  }

  static RedirectView to(String path) {
    var view = new RedirectView(path, true);
    view.setStatusCode(HttpStatus.SEE_OTHER);
    return view;
  }
}
