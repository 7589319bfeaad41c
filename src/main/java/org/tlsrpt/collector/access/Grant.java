package org.tlsrpt.collector.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What somebody may do and see. Other rooms learn it from the authorities of Spring Security's
 * Authentication: {@code ROLE_ADMIN}, {@code ROLE_READ} (whoever has the first has both), and one
 * {@code DOMAIN_<domain>} for each domain somebody is limited to. None of these means all domains.
 *
 * @param scope {@code null}: nothing at all
 * @param domains as {@link DomainName} writes them; {@code null}: all
 */
record Grant(@Nullable Scope scope, @Nullable List<String> domains) {

  static final String ADMIN = "ADMIN";
  static final String READ = "READ";

  private static final String ROLE = "ROLE_";
  private static final String DOMAIN = "DOMAIN_";

  static final Grant NOTHING = new Grant(null, null);
  static final Grant EVERYTHING = new Grant(Scope.ADMIN, null);

  /** Refuses a limit that would not limit, and one that would hide everything. */
  Grant {
    if (domains != null && (scope == Scope.ADMIN || domains.isEmpty())) {
      throw new IllegalArgumentException("only scope read can be limited, to one domain or more");
    }
  }

  /** What a login carries. */
  List<GrantedAuthority> authorities() {
    var authorities = new ArrayList<GrantedAuthority>();
    if (scope == Scope.ADMIN) {
      authorities.add(new SimpleGrantedAuthority(ROLE + ADMIN));
    }
    if (scope != null) {
      authorities.add(new SimpleGrantedAuthority(ROLE + READ));
    }
    if (domains != null) {
      domains.forEach(domain -> authorities.add(new SimpleGrantedAuthority(DOMAIN + domain)));
    }
    return authorities;
  }

  /** The way back. */
  static Grant of(Collection<? extends GrantedAuthority> authorities) {
    var names = authorities.stream().map(GrantedAuthority::getAuthority).toList();
    if (names.contains(ROLE + ADMIN)) {
      return EVERYTHING;
    }
    if (!names.contains(ROLE + READ)) {
      return NOTHING;
    }
    var domains =
        names.stream()
            .filter(name -> name != null && name.startsWith(DOMAIN))
            .map(name -> name.substring(DOMAIN.length()))
            .sorted()
            .toList();
    return new Grant(Scope.READ, domains.isEmpty() ? null : domains);
  }

  /** Whether it may read, and what it may read is not limited. */
  boolean readsEverything() {
    return scope != null && domains == null;
  }
}
