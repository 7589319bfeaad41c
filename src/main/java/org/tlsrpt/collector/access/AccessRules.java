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
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
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

  private static final long TWO_YEARS = 63_072_000;

  private static final String PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /** For what cannot be told apart by domain, like the bytes in quarantine. */
  private static final AuthorizationManager<RequestAuthorizationContext> READS_EVERYTHING =
      (who, what) ->
          new AuthorizationDecision(Grant.of(who.get().getAuthorities()).readsEverything());

  private final Logins logins;
  private final BrowserSession sessions;
  private final CrossOriginReads others;

  AccessRules(Logins logins, BrowserSession sessions, CrossOriginReads others) {
    this.logins = logins;
    this.sessions = sessions;
    this.others = others;
  }

  /** Answers to errors; without a chain of their own they would need a login. */
  @Bean
  @Order(0)
  SecurityFilterChain errorAccess(HttpSecurity http) {
    return stateless(http)
        .securityMatcher(request -> request.getDispatcherType() == DispatcherType.ERROR)
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The page that says why another was refused; what one of the chains below forwards there. */
  @Bean
  @Order(0)
  SecurityFilterChain refusalAccess(HttpSecurity http) {
    return page(stateless(http))
        .securityMatcher(PageRefusals::isForwarded)
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** Sending MTAs cannot log in. All methods pass, so that the intake itself answers 405. */
  @Bean
  @Order(1)
  SecurityFilterChain intakeAccess(HttpSecurity http) {
    return stateless(http)
        .securityMatcher("/v1/tlsrpt", "/v1/tlsrpt/**")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The record generator, the lints and the description of all: none of them keeps anything. */
  @Bean
  @Order(2)
  SecurityFilterChain toolAccess(HttpSecurity http) {
    return stateless(http)
        .securityMatcher(
            "/v1/record", "/v1/record/lint", "/v1/lint", "/v3/api-docs", "/v3/api-docs.yaml")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** What all pages load. */
  @Bean
  @Order(2)
  SecurityFilterChain fileAccess(HttpSecurity http) {
    return page(stateless(http))
        .securityMatcher("/assets/**", "/webjars/**")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The pages over the same tools. */
  @Bean
  @Order(2)
  SecurityFilterChain pageAccess(HttpSecurity http) {
    return page(withSessions(http))
        .securityMatcher("/record", "/record/lint", "/lint", "/docs")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The form to log in with, and the way out. */
  @Bean
  @Order(2)
  SecurityFilterChain formAccess(HttpSecurity http, FormLogin login) {
    return login
        .addTo(page(withSessions(http)))
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
    return page(withKeys(withSessions(http), PageRefusals.LOGIN, PageRefusals.FORBIDDEN))
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
    return withKeys(stateless(http), Refusals.UNAUTHENTICATED, Refusals.FORBIDDEN)
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
    return withReads(withKeys(withSessions(http), Refusals.UNAUTHENTICATED, Refusals.FORBIDDEN))
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
        .addTo(page(nobody(withSessions(http))))
        .securityMatcher(BrowserLogin.BEGIN + "/**", BrowserLogin.COME_BACK)
        .build();
  }

  /** What no chain above names does not exist for anybody. */
  @Bean
  @Order(6)
  SecurityFilterChain otherAccess(HttpSecurity http) {
    return page(nobody(withSessions(http))).build();
  }

  private static RequestMatcher[] reading(String... paths) {
    var matchers = PathPatternRequestMatcher.withDefaults();
    return Stream.of(paths)
        .flatMap(path -> Stream.of(matchers.matcher(GET, path), matchers.matcher(HEAD, path)))
        .toArray(RequestMatcher[]::new);
  }

  private static HttpSecurity nobody(HttpSecurity http) {
    return http.authorizeHttpRequests(rules -> rules.anyRequest().denyAll())
        .exceptionHandling(
            errors ->
                errors
                    .authenticationEntryPoint(PageRefusals.NOT_FOUND)
                    .accessDeniedHandler(PageRefusals.NOT_FOUND_FOR_ANYBODY));
  }

  /**
   * Takes user names with passwords, and tokens.
   *
   * <p>A browser adds a Basic login it remembers to any form another site sends here; so a page of
   * another site could replay or delete. {@link CrossSiteRefusal} tells such calls apart.
   */
  private HttpSecurity withKeys(
      HttpSecurity http, AuthenticationEntryPoint login, AccessDeniedHandler forbidden) {
    var bearer = new BearerTokenAuthenticationFilter(logins);
    bearer.setAuthenticationEntryPoint(login);
    return http.addFilterBefore(new CrossSiteRefusal(), BasicAuthenticationFilter.class)
        .addFilterAt(new BasicAuthenticationFilter(logins, login), BasicAuthenticationFilter.class)
        .addFilterAfter(bearer, BasicAuthenticationFilter.class)
        .exceptionHandling(
            errors -> errors.authenticationEntryPoint(login).accessDeniedHandler(forbidden));
  }

  private HttpSecurity withReads(HttpSecurity http) {
    return others.areWanted() ? http.cors(reads -> reads.configurationSource(others)) : http;
  }

  /**
   * Takes the session of a browser that logged in and makes none. Needs no CSRF token: {@link
   * CrossSiteRefusal} stands here too, and the cookie is SameSite.
   */
  private HttpSecurity withSessions(HttpSecurity http) {
    return plain(http)
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .securityContext(context -> context.securityContextRepository(sessions));
  }

  /**
   * Without session and therefore without CSRF token: no call here carries a cookie a browser would
   * add by itself.
   */
  private static HttpSecurity stateless(HttpSecurity http) {
    return plain(http)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }

  private static HttpSecurity plain(HttpSecurity http) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(AccessRules::headers);
  }

  /** Style and script from here and nowhere else, none within the page; pictures of the style. */
  private static HttpSecurity page(HttpSecurity http) {
    return http.headers(
        headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE)));
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(
            policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
        .httpStrictTransportSecurity(hsts -> hsts.maxAgeInSeconds(TWO_YEARS));
  }
}
