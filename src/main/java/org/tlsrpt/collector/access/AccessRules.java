package org.tlsrpt.collector.access;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PUT;
import static org.tlsrpt.collector.access.Grant.ADMIN;
import static org.tlsrpt.collector.access.Grant.READ;

import jakarta.servlet.DispatcherType;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Every path and who may use it; the first chain that matches decides. Public is what is named so
 * here, and nothing else is. What nobody thought of is for administrators.
 *
 * <p>No chain ever redirects, but for the login of browsers: the uploader used with Postfix takes a
 * 302 to a login page for a report delivered. Who needs a login gets it in place of the page.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class AccessRules {

  /** For what cannot be told apart by domain, like the bytes in quarantine. */
  private static final AuthorizationManager<RequestAuthorizationContext> READS_EVERYTHING =
      (who, what) ->
          new AuthorizationDecision(Grant.of(who.get().getAuthorities()).readsEverything());

  private final Chains chains;

  AccessRules(Chains chains) {
    this.chains = chains;
  }

  /** Answers to errors; without a chain of their own they would need a login. */
  @Bean
  @Order(0)
  SecurityFilterChain errorAccess(HttpSecurity http) {
    return Chains.stateless(http)
        .securityMatcher(request -> request.getDispatcherType() == DispatcherType.ERROR)
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The page that says why another was refused; what one of the chains below forwards there. */
  @Bean
  @Order(0)
  SecurityFilterChain refusalAccess(HttpSecurity http) {
    return Chains.page(Chains.stateless(http))
        .securityMatcher(PageRefusals::isForwarded)
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** Sending MTAs cannot log in. All methods pass, so that the intake itself answers 405. */
  @Bean
  @Order(1)
  SecurityFilterChain intakeAccess(HttpSecurity http) {
    return Chains.stateless(http)
        .securityMatcher("/v1/tlsrpt", "/v1/tlsrpt/**")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The record generator, the lints and the description of all: none of them keeps anything. */
  @Bean
  @Order(2)
  SecurityFilterChain toolAccess(HttpSecurity http) {
    return Chains.stateless(http)
        .securityMatcher(
            "/v1/record", "/v1/record/lint", "/v1/lint", "/v3/api-docs", "/v3/api-docs.yaml")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** What all pages load. */
  @Bean
  @Order(2)
  SecurityFilterChain fileAccess(HttpSecurity http) {
    return Chains.page(Chains.stateless(http))
        .securityMatcher("/assets/**", "/webjars/**")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The pages over the same tools. */
  @Bean
  @Order(2)
  SecurityFilterChain pageAccess(HttpSecurity http) {
    return Chains.page(chains.withSessions(http))
        .securityMatcher("/record", "/record/lint", "/lint", "/docs")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The form to log in with, and the way out. */
  @Bean
  @Order(2)
  SecurityFilterChain formAccess(HttpSecurity http, FormLogin login) {
    return login
        .addTo(Chains.page(chains.withSessions(http)))
        .securityMatcher(FormLogin.LOGIN, FormLogin.LOGOUT)
        .authorizeHttpRequests(
            rules -> rules.requestMatchers(FormLogin.LOGIN).permitAll().anyRequest().denyAll())
        .exceptionHandling(
            errors ->
                errors
                    .authenticationEntryPoint(PageRefusals.NOT_FOUND)
                    .accessDeniedHandler(PageRefusals.NOT_FOUND_FOR_ANYBODY))
        .build();
  }

  /** The pages about reports, and those that look something up for who is logged in. */
  @Bean
  @Order(2)
  SecurityFilterChain pageLoginAccess(HttpSecurity http) {
    return Chains.page(
            chains.withKeys(chains.withSessions(http), PageRefusals.LOGIN, PageRefusals.FORBIDDEN))
        .securityMatcher(
            "/",
            "/domains/**",
            "/failures",
            "/reports/**",
            "/quarantine/**",
            "/status",
            "/tokens/**",
            "/users/**",
            "/example",
            "/record/check")
        .authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers(
                        reading(
                            "/",
                            "/domains",
                            "/domains/*",
                            "/failures",
                            "/reports",
                            "/reports/*",
                            "/record/check"))
                    .hasRole(READ)
                    .requestMatchers(reading("/quarantine", "/quarantine/*", "/status"))
                    .access(READS_EVERYTHING)
                    .anyRequest()
                    .hasRole(ADMIN))
        .build();
  }

  /** Health, without details, for whoever can reach the management port; the rest by login. */
  @Bean
  @Order(3)
  SecurityFilterChain managementAccess(HttpSecurity http) {
    return chains
        .withKeys(Chains.stateless(http), Refusals.UNAUTHENTICATED, Refusals.FORBIDDEN)
        .securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                    .permitAll()
                    .requestMatchers(EndpointRequest.to("info", "metrics", "prometheus"))
                    .access(READS_EVERYTHING)
                    .anyRequest()
                    .hasRole(ADMIN))
        .build();
  }

  /** Everything about stored reports, and the keys to it. */
  @Bean
  @Order(4)
  SecurityFilterChain apiAccess(HttpSecurity http) {
    return chains
        .withReads(
            chains.withKeys(
                chains.withSessions(http), Refusals.UNAUTHENTICATED, Refusals.FORBIDDEN))
        .securityMatcher("/v1/**")
        .authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers(reading("/v1/me"))
                    .authenticated()
                    .requestMatchers(PUT, "/v1/me/password")
                    .authenticated()
                    .requestMatchers(reading("/v1/reports/**", "/v1/failures", "/v1/summary"))
                    .hasRole(READ)
                    .requestMatchers(reading("/v1/domains", "/v1/archive", "/v1/record/check"))
                    .hasRole(READ)
                    .requestMatchers(
                        reading("/v1/quarantine", "/v1/quarantine/*", "/v1/quarantine/*/raw"))
                    .access(READS_EVERYTHING)
                    .requestMatchers("/v1/tokens/**", "/v1/users/**")
                    .hasRole(ADMIN)
                    .anyRequest()
                    .hasRole(ADMIN))
        .build();
  }

  /** The login of browsers at an OpenID provider, if one is configured. */
  @Bean
  @Order(5)
  @Conditional(BrowserLogin.IsWanted.class)
  SecurityFilterChain browserAccess(HttpSecurity http, BrowserLogin login) {
    return login
        .addTo(Chains.page(Chains.nobody(chains.withSessions(http))))
        .securityMatcher(BrowserLogin.BEGIN + "/**", BrowserLogin.COME_BACK)
        .build();
  }

  /** What no chain above names does not exist for anybody. */
  @Bean
  @Order(6)
  SecurityFilterChain otherAccess(HttpSecurity http) {
    return Chains.page(Chains.nobody(chains.withSessions(http))).build();
  }

  private static RequestMatcher[] reading(String... paths) {
    var matchers = PathPatternRequestMatcher.withDefaults();
    return Stream.of(paths)
        .flatMap(path -> Stream.of(matchers.matcher(GET, path), matchers.matcher(HEAD, path)))
        .toArray(RequestMatcher[]::new);
  }
}
