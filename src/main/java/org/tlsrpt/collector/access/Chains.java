package org.tlsrpt.collector.access;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.stereotype.Component;

/** How chains of filters are made: keys and sessions they take, headers they set. */
@Component
@ConditionalOnWebApplication
final class Chains {

  private static final long TWO_YEARS = 63_072_000;

  private static final String PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Logins logins;
  private final BrowserSession sessions;
  private final CrossOriginReads others;

  Chains(Logins logins, BrowserSession sessions, CrossOriginReads others) {
    this.logins = logins;
    this.sessions = sessions;
    this.others = others;
  }

  /** Lets nobody in, and says nothing of what there is. */
  static HttpSecurity nobody(HttpSecurity http) {
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
  HttpSecurity withKeys(
      HttpSecurity http, AuthenticationEntryPoint login, AccessDeniedHandler forbidden) {
    var bearer = new BearerTokenAuthenticationFilter(logins);
    bearer.setAuthenticationEntryPoint(login);
    return http.addFilterBefore(new CrossSiteRefusal(), BasicAuthenticationFilter.class)
        .addFilterAt(new BasicAuthenticationFilter(logins, login), BasicAuthenticationFilter.class)
        .addFilterAfter(bearer, BasicAuthenticationFilter.class)
        .exceptionHandling(
            errors -> errors.authenticationEntryPoint(login).accessDeniedHandler(forbidden));
  }

  /** Lets pages of the sites that are named read. */
  HttpSecurity withReads(HttpSecurity http) {
    return others.areWanted() ? http.cors(reads -> reads.configurationSource(others)) : http;
  }

  /**
   * Takes the session of a browser that logged in and makes none. Needs no CSRF token: {@link
   * CrossSiteRefusal} stands here too, and the cookie is SameSite.
   */
  HttpSecurity withSessions(HttpSecurity http) {
    return plain(http)
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .securityContext(context -> context.securityContextRepository(sessions));
  }

  /**
   * Without session and therefore without CSRF token: no call here carries a cookie a browser would
   * add by itself.
   */
  static HttpSecurity stateless(HttpSecurity http) {
    return plain(http)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }

  private static HttpSecurity plain(HttpSecurity http) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(Chains::headers);
  }

  /** Style and script from here and nowhere else, none within the page; pictures of the style. */
  static HttpSecurity page(HttpSecurity http) {
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
