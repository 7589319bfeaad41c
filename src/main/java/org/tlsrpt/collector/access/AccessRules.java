package org.tlsrpt.collector.access;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Every path and who may use it; the first chain that matches decides. Public is what is named so
 * here, and nothing else is.
 *
 * <p>No chain ever redirects: the uploader used with Postfix takes a 302 to a login page for a
 * report delivered.
 */
@Configuration(proxyBeanMethods = false)
class AccessRules {

  private static final long TWO_YEARS = 63_072_000;

  private static final String PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

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

  /** The record generator and the lints: none of them keeps anything. */
  @Bean
  @Order(2)
  SecurityFilterChain toolAccess(HttpSecurity http) {
    return stateless(http)
        .securityMatcher("/v1/record", "/v1/record/lint", "/v1/lint")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The pages over the same tools, with all that pages load. */
  @Bean
  @Order(2)
  SecurityFilterChain pageAccess(HttpSecurity http) {
    return page(stateless(http))
        .securityMatcher("/record", "/record/lint", "/assets/**", "/webjars/**")
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** The pages that look something up for who is logged in. */
  @Bean
  @Order(2)
  SecurityFilterChain pageLoginAccess(HttpSecurity http) {
    return page(withLogin(http))
        .securityMatcher("/record/check")
        .authorizeHttpRequests(rules -> rules.anyRequest().hasRole(AdminAccount.ADMIN))
        .httpBasic(basic -> basic.authenticationEntryPoint(PageRefusals.LOGIN))
        .exceptionHandling(
            errors ->
                errors
                    .authenticationEntryPoint(PageRefusals.LOGIN)
                    .accessDeniedHandler(PageRefusals.FORBIDDEN))
        .build();
  }

  /** Health, without details, for whoever can reach the management port; the rest by login. */
  @Bean
  @Order(3)
  SecurityFilterChain managementAccess(HttpSecurity http) {
    return withLogin(http)
        .securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                    .permitAll()
                    .anyRequest()
                    .hasRole(AdminAccount.ADMIN))
        .httpBasic(Customizer.withDefaults())
        .exceptionHandling(errors -> errors.authenticationEntryPoint(Refusals.UNAUTHENTICATED))
        .build();
  }

  /** Everything about stored reports. */
  @Bean
  @Order(4)
  SecurityFilterChain apiAccess(HttpSecurity http) {
    return withLogin(http)
        .securityMatcher("/v1/**")
        .authorizeHttpRequests(rules -> rules.anyRequest().hasRole(AdminAccount.ADMIN))
        .httpBasic(basic -> basic.authenticationEntryPoint(Refusals.UNAUTHENTICATED))
        .exceptionHandling(
            errors ->
                errors
                    .authenticationEntryPoint(Refusals.UNAUTHENTICATED)
                    .accessDeniedHandler(Refusals.FORBIDDEN))
        .build();
  }

  /** What no chain above names does not exist for anybody. */
  @Bean
  @Order(5)
  SecurityFilterChain otherAccess(HttpSecurity http) {
    return page(stateless(http))
        .authorizeHttpRequests(rules -> rules.anyRequest().denyAll())
        .exceptionHandling(
            errors ->
                errors
                    .authenticationEntryPoint(PageRefusals.NOT_FOUND)
                    .accessDeniedHandler(Refusals.NOT_FOUND_FOR_ANYBODY))
        .build();
  }

  /**
   * A browser adds a Basic login it remembers to any form another site sends here; so a page of
   * another site could replay or delete. {@link CrossSiteRefusal} tells such calls apart.
   */
  private static HttpSecurity withLogin(HttpSecurity http) {
    return stateless(http).addFilterBefore(new CrossSiteRefusal(), BasicAuthenticationFilter.class);
  }

  /**
   * Without session and therefore without CSRF token: no call here carries a cookie a browser would
   * add by itself.
   */
  private static HttpSecurity stateless(HttpSecurity http) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
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
