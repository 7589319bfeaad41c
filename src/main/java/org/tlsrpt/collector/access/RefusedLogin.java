package org.tlsrpt.collector.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Somebody comes with a key and is not let in; says why in words that help nobody to guess. */
final class RefusedLogin extends AuthenticationException {

  private static final long serialVersionUID = 1;

  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** What kind of refusal. */
  enum Reason {
    WRONG_PASSWORD,
    WRONG_TOKEN,
    TOO_OFTEN,
    UNAVAILABLE
  }

  private final Reason reason;
  private final Duration retryAfter;

  private RefusedLogin(Reason reason, String detail, Duration retryAfter) {
    super(detail);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  static RefusedLogin wrongPassword() {
    return new RefusedLogin(
        Reason.WRONG_PASSWORD, "The user name or the password is wrong.", Duration.ZERO);
  }

  static RefusedLogin wrongToken(String detail) {
    return new RefusedLogin(Reason.WRONG_TOKEN, detail, Duration.ZERO);
  }

  static RefusedLogin tooOften(Duration retryAfter) {
    return new RefusedLogin(
        Reason.TOO_OFTEN, "Too many logins failed; try again later.", retryAfter);
  }

  static RefusedLogin busy() {
    return new RefusedLogin(
        Reason.TOO_OFTEN,
        "Too many passwords are being checked just now; try again later.",
        Duration.ofSeconds(5));
  }

  static RefusedLogin unavailable(String what, Throwable cause) {
    var refused = new RefusedLogin(Reason.UNAVAILABLE, what + " is not available just now.", PAUSE);
    refused.initCause(cause);
    return refused;
  }

  Reason reason() {
    return reason;
  }

  /** How long to wait, at least a second if it says anything. */
  Duration retryAfter() {
    return retryAfter;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
