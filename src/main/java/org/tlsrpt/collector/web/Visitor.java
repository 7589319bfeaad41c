package org.tlsrpt.collector.web;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Who looks at a page, and where; for the frame that all pages share. */
@Component
class Visitor {

  private static final Profiles DEMO = Profiles.of("demo");

  private final Environment environment;

  Visitor(Environment environment) {
    this.environment = environment;
  }

  /**
   * Somebody who logged in.
   *
   * @param name for people
   * @param reads whether there is anything to see for them
   * @param everything whether what they see is not limited to domains
   * @param admin whether they may change things
   */
  record Somebody(String name, boolean reads, boolean everything, boolean admin) {}

  /** Who it is; null for a stranger. */
  public @Nullable Somebody now() {
    var who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !who.isAuthenticated() || who instanceof AnonymousAuthenticationToken) {
      return null;
    }
    var authorities =
        who.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .map(String::valueOf)
            .collect(Collectors.toSet());
    return new Somebody(
        who.getName(),
        authorities.contains("ROLE_READ"),
        authorities.contains("ROLE_READ")
            && authorities.stream().noneMatch(name -> name.startsWith("DOMAIN_")),
        authorities.contains("ROLE_ADMIN"));
  }

  /** Whether the reports here were made up. */
  public boolean demo() {
    return environment.acceptsProfiles(DEMO);
  }

  /** Whether there is an OpenID provider to log in at. */
  public boolean openId() {
    return StringUtils.hasText(environment.getProperty("tlsrpt.oidc.client-id"));
  }
}
