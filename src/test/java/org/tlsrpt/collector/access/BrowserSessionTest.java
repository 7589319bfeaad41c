package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Whom the session of a browser stands for. */
class BrowserSessionTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest();
  private final MockHttpSession session = new MockHttpSession();

  BrowserSessionTest() {
    request.setSession(session);
    session.setAttribute(
        HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
        new SecurityContextImpl(new Identity(Identity.Kind.OIDC, "alice", Grant.EVERYTHING, null)));
  }

  @Test
  void isWhoeverLoggedIn() {
    assertThat(nameAfter(Duration.ofHours(11))).isEqualTo("alice");
  }

  @Test
  void isNobodyHalfADayAfterTheLogin() {
    assertThat(nameAfter(Duration.ofHours(12))).isEqualTo("nobody");
  }

  @Test
  void isNobodyBesideAKey() {
    request.addHeader("Authorization", "x");

    assertThat(nameAfter(Duration.ZERO)).isEqualTo("nobody");
  }

  private String nameAfter(Duration duration) {
    var now = Instant.ofEpochMilli(session.getCreationTime()).plus(duration);
    var sessions =
        new BrowserSession(
            Clock.fixed(now, ZoneOffset.UTC),
            new SessionRegistryImpl(),
            new PasswordLogin(null, null, null, null, null));
    var name = nameOf(sessions.loadDeferredContext(request).get());
    assertThat(olderWay(sessions)).isEqualTo(name);
    return name;
  }

  /** Test support of Spring Security asks like this, of every chain it was once used with. */
  @SuppressWarnings("deprecation")
  private String olderWay(BrowserSession sessions) {
    return nameOf(sessions.loadContext(new HttpRequestResponseHolder(request, null)));
  }

  private static String nameOf(SecurityContext context) {
    var who = context.getAuthentication();
    return who == null ? "nobody" : who.getName();
  }
}
