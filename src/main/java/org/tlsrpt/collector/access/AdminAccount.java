package org.tlsrpt.collector.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The account of the configuration. It needs no database, so it works while that is away, and no
 * call can change or delete it.
 */
@Configuration(proxyBeanMethods = false)
class AdminAccount {

  private static final Logger log = LoggerFactory.getLogger(AdminAccount.class);

  private static final int RANDOM_BYTES = 18;

  /** BCrypt looks at no more, and so refuses more. */
  static final int LONGEST_BYTES = 72;

  /**
   * The account.
   *
   * @param username to log in with
   * @param password in clear, or hashed as {@code {bcrypt}$2a$…}; made up and logged if not set
   */
  @ConfigurationProperties("tlsrpt.admin")
  record Settings(@DefaultValue("admin") String username, @Nullable String password) {

    /** Refuses what could not be checked rightly at a login. */
    Settings {
      if (password != null && password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
        throw new IllegalArgumentException(
            "tlsrpt.admin.password must not be longer than " + LONGEST_BYTES + " bytes");
      }
    }

    @Override
    public String toString() {
      return "Settings[username=" + username + "]";
    }
  }

  /**
   * The account as logins are compared with it.
   *
   * @param name to log in with; capitals make no difference
   * @param passwordHash as {@code {bcrypt}$2a$…}
   */
  record Configured(String name, String passwordHash) {

    boolean isNamed(String other) {
      return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
      return "Configured[name=" + name + "]";
    }
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }

  @Bean
  Configured configuredAccount(Settings settings, PasswordEncoder encoder) {
    var password = settings.password();
    if (password == null || password.isEmpty()) {
      password = madeUp(settings.username());
    }
    return new Configured(
        settings.username(), isHashed(password) ? password : encoder.encode(password));
  }

  private static boolean isHashed(String password) {
    return password.startsWith("{bcrypt}$2");
  }

  private static String madeUp(String username) {
    var random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    log.info(
        "tlsrpt.admin.password is not set. Until the next start, log in as '{}' with '{}'.",
        username,
        password);
    return password;
  }
}
