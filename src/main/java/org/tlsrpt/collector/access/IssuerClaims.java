package org.tlsrpt.collector.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What claims of the issuer mean here. Whatever is in doubt is not granted. */
final class IssuerClaims {

  static final String DOMAINS = "tlsrpt_domains";

  private static final String READ = "tlsrpt.read";
  private static final String ADMIN = "tlsrpt.admin";

  private IssuerClaims() {}

  /** Of an access token: scopes as OAuth 2 has them, or the claim that is configured. */
  static Grant grantOfToken(Map<String, Object> claims, IssuerSettings settings) {
    var words =
        Stream.of("scope", "scp", settings.scopeClaim())
            .flatMap(claim -> words(claims.get(claim)).stream())
            .toList();
    return grant(scope(words), claims);
  }

  /** Of somebody who logged in: the claim that is configured, or the default. */
  static Grant grantOfUser(Map<String, Object> claims, IssuerSettings settings) {
    var scope = scope(words(claims.get(settings.scopeClaim())));
    return grant(scope == null ? settings.defaultScope().scope() : scope, claims);
  }

  private static @Nullable Scope scope(List<String> words) {
    if (words.contains(ADMIN)) {
      return Scope.ADMIN;
    }
    return words.contains(READ) ? Scope.READ : null;
  }

  /** Whoever is limited to domains may read these and nothing else, whatever the scope says. */
  private static Grant grant(@Nullable Scope scope, Map<String, Object> claims) {
    if (scope == null || !claims.containsKey(DOMAINS)) {
      return new Grant(scope, null);
    }
    var domains =
        words(claims.get(DOMAINS)).stream()
            .map(DomainName::of)
            .flatMap(Optional::stream)
            .distinct()
            .sorted()
            .toList();
    return domains.isEmpty() ? Grant.NOTHING : new Grant(Scope.READ, domains);
  }

  /** A claim of several values: an array, or a text with blanks or commas between them. */
  private static List<String> words(@Nullable Object claim) {
    var words = new ArrayList<String>();
    if (claim instanceof String text) {
      words.addAll(List.of(text.split("[\\s,]+")));
    } else if (claim instanceof Collection<?> values) {
      values.forEach(value -> words.add(String.valueOf(value)));
    }
    return words;
  }

  /** How somebody is called in answers and in the log; proves nothing. */
  static String name(Map<String, Object> claims) {
    return Stream.of("preferred_username", "email", "client_id", "sub")
        .map(claims::get)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isBlank())
        .map(Wanted::excerpt)
        .findFirst()
        .orElse("unnamed");
  }
}
