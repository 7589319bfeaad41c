package org.tlsrpt.collector.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.RegisterSessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The login of people with name and password by a form, and the way out again for whoever has a
 * session. Nobody is remembered longer than their session.
 */
@Component
class FormLogin {

  static final String LOGIN = "/login";
  static final String LOGOUT = "/logout";

  private static final String HOME = "/";
  private static final String LOGGED_OUT = LOGIN + "?out";

  /** A path of ours with a query: no scheme, no host, nothing a browser takes for one. */
  private static final Pattern HERE = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]{0,2000}");

  private static final RequestMatcher POSTED_LOGIN =
      PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, LOGIN);
  private static final RequestMatcher POSTED_LOGOUT =
      PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, LOGOUT);

  private final Logins logins;
  private final BrowserSession sessions;

  FormLogin(Logins logins, BrowserSession sessions) {
    this.logins = logins;
    this.sessions = sessions;
  }

  /** Adds what answers at the two addresses. */
  HttpSecurity addTo(HttpSecurity http) {
    return http.logout(
            logout ->
                logout
                    .logoutRequestMatcher(POSTED_LOGOUT)
                    .deleteCookies("JSESSIONID")
                    .logoutSuccessHandler(FormLogin::loggedOut))
        .addFilterBefore(new CrossSiteRefusal(), LogoutFilter.class)
        .addFilterBefore(new SmallForms(), UsernamePasswordAuthenticationFilter.class)
        .addFilter(form());
  }

  private UsernamePasswordAuthenticationFilter form() {
    var form = new UsernamePasswordAuthenticationFilter(logins);
    form.setRequiresAuthenticationRequestMatcher(POSTED_LOGIN);
    form.setSessionAuthenticationStrategy(
        new CompositeSessionAuthenticationStrategy(
            List.of(
                sessions.limit(),
                new ChangeSessionIdAuthenticationStrategy(),
                new RegisterSessionAuthenticationStrategy(sessions.registry()))));
    form.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
    form.setAuthenticationSuccessHandler(FormLogin::loggedIn);
    form.setAuthenticationFailureHandler(FormLogin::refused);
    return form;
  }

  /** Back to the page somebody asked for, if it is one of ours. */
  private static void loggedIn(
      HttpServletRequest request, HttpServletResponse response, Authentication who) {
    var next = request.getParameter("next");
    var here = next != null && HERE.matcher(next).matches() && !next.startsWith(LOGIN);
    seeOther(response, request.getContextPath() + (here ? next : HOME));
  }

  private static void refused(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    if (!(failure instanceof RefusedLogin refused)) {
      throw failure;
    }
    PageRefusals.showLogin(request, response, refused);
  }

  /** Pages go on at the login; programs get a plain yes. */
  private static void loggedOut(
      HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who) {
    if (PageRefusals.wantsPage(request)) {
      seeOther(response, request.getContextPath() + LOGGED_OUT);
    } else {
      response.setStatus(HttpStatus.NO_CONTENT.value());
    }
  }

  private static void seeOther(HttpServletResponse response, String location) {
    response.setStatus(HttpStatus.SEE_OTHER.value());
    response.setHeader(HttpHeaders.LOCATION, location);
  }

  /** Anybody may send this form, and it is held in memory whole: no large one is read. */
  private static final class SmallForms extends OncePerRequestFilter {

    private static final int LARGEST = 8 * 1024;

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      var length = request.getContentLengthLong();
      if (POSTED_LOGIN.matches(request) && (length < 0 || length > LARGEST)) {
        PageRefusals.show(request, response, HttpStatus.CONTENT_TOO_LARGE);
      } else {
        chain.doFilter(request, response);
      }
    }
  }
}
