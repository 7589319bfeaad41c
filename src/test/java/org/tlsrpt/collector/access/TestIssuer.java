package org.tlsrpt.collector.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** A Spring Authorization Server of its own, with clients {@code script} and {@code collector}. */
final class TestIssuer implements AutoCloseable {

  static final String AUDIENCE = "https://tlsrpt.example.net";
  static final String USER_PASSWORD = "password at the provider";

  private static final RSAKey KEY = key();

  private final ConfigurableApplicationContext server;

  private TestIssuer(ConfigurableApplicationContext server) {
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param port 0: a free one
   */
  static TestIssuer start(int port) {
    return new TestIssuer(
        new SpringApplicationBuilder(Server.class)
            .properties(
                Map.of(
                    "spring.config.location", "optional:classpath:/none/",
                    "spring.main.banner-mode", "off",
                    "server.address", "127.0.0.1",
                    "server.port", port))
            .run());
  }

  String address() {
    return "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port");
  }

  static String secretOf(String client) {
    return "secret of " + client;
  }

  /** Claims that the tokens of a client or user get from now on, beside the usual ones. */
  void setClaims(String subject, Map<String, Object> claims) {
    server.getBean(Claims.class).ofSubject().put(subject, claims);
  }

  /** An access token as a script gets it. */
  String token(String scope) {
    var form =
        UriComponentsBuilder.newInstance()
            .queryParam("grant_type", "client_credentials")
            .queryParam("scope", scope)
            .build()
            .encode()
            .getQuery();
    var answer =
        RestClient.create()
            .post()
            .uri(URI.create(address() + "/oauth2/token"))
            .headers(headers -> headers.setBasicAuth("script", secretOf("script")))
            .contentType(MediaType.APPLICATION_FORM_URLENCODED)
            .body(form)
            .retrieve()
            .body(JsonNode.class);
    return answer.get("access_token").asString();
  }

  /** A token signed with the issuer's key that it would never make. */
  String forged(Consumer<JwtClaimsSet.Builder> claims) {
    var builder = JwtClaimsSet.builder();
    claims.accept(builder);
    var header = JwsHeader.with(SignatureAlgorithm.RS256).keyId(KEY.getKeyID()).build();
    return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(KEY)))
        .encode(JwtEncoderParameters.from(header, builder.build()))
        .getTokenValue();
  }

  /** The public half of its key: what an attacker has. */
  static RSAKey publicKey() {
    return KEY.toPublicJWK();
  }

  @Override
  public void close() {
    server.close();
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("the issuer's key").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Claims(Map<String, Map<String, Object>> ofSubject) {}

  /** No {@code @Configuration}, by which the collector in the same package would find it. */
  @EnableWebSecurity
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
  })
  static class Server {

    @Bean
    SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) {
      var manager = new ProviderManager(new DaoAuthenticationProvider(users));
      return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
          // People log in with Basic at the first address; clients at others, and are none of them.
          .addFilterBefore(new BasicAuthenticationFilter(manager), LogoutFilter.class)
          .build();
    }

    @Bean
    Claims claims() {
      return new Claims(new ConcurrentHashMap<>());
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> customizer(Claims claims) {
      return context -> {
        if (context.getTokenType().getValue().equals("access_token")) {
          context.getClaims().audience(List.of(AUDIENCE));
        }
        var more = claims.ofSubject().getOrDefault(context.getPrincipal().getName(), Map.of());
        context.getClaims().claims(all -> all.putAll(more));
      };
    }

    @Bean
    RegisteredClientRepository clients() {
      return new InMemoryRegisteredClientRepository(
          client("script")
              .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
              .scope("tlsrpt.read")
              .scope("tlsrpt.admin")
              .scope("other")
              .build(),
          client("collector")
              .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
              // On a loopback address any port will do (RFC 8252 §7.3).
              .redirectUri("http://127.0.0.1/login/oauth2/code/oidc")
              .scope("openid")
              .scope("profile")
              .build());
    }

    private static RegisteredClient.Builder client(String id) {
      return RegisteredClient.withId(id)
          .clientId(id)
          .clientSecret("{noop}" + secretOf(id))
          .clientSettings(ClientSettings.builder().requireProofKey(id.equals("collector")).build())
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("alice").password("{noop}" + USER_PASSWORD).roles("X").build(),
          User.withUsername("bob").password("{noop}" + USER_PASSWORD).roles("X").build());
    }

    @Bean
    JWKSource<SecurityContext> keys() {
      return new ImmutableJWKSet<>(new JWKSet(KEY));
    }

    @Bean
    JwtDecoder ownTokens(JWKSource<SecurityContext> keys) {
      return NimbusJwtDecoder.withJwkSource(keys).build();
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }
  }
}
