package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsrpt.collector.access.IssuerSettings.DefaultScope;

/** Half an issuer is refused at the start, in words. */
class IssuerSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "                         , us, , tlsrpt.oidc.issuer is missing",
    "''                       , us, , tlsrpt.oidc.issuer is missing",
    "                         , , me, tlsrpt.oidc.issuer is missing",
    "https://login.example    , , , needs tlsrpt.oidc.audience",
    "https://login.example    , ' ', '', needs tlsrpt.oidc.audience",
    "login.example            , us, , must be an https address",
    "http://login.example     , us, , must be an https address",
    "http://192.0.2.1         , us, , must be an https address",
    "ftp://login.example      , us, , must be an https address",
    "https:///realm           , us, , must be an https address",
    "https://login.example?a=b, us, , must be an https address",
    "https://login.example#a  , us, , must be an https address",
    "https://a b              , us, , must be an https address",
  })
  void refusesWhatCouldNotWork(String issuer, String audience, String clientId, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(issuer, audience, clientId))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.example.net/realms/mail",
        "https://login.example.net:8443",
        "http://localhost:9000",
        "http://127.0.0.1:9000",
        "http://[::1]:9000"
      })
  void takesAnIssuerThatNobodyOnTheWayCanPlay(String issuer) {
    assertThatCode(() -> settings(issuer, "us", null)).doesNotThrowAnyException();
  }

  /** As an environment file leaves variables that nobody filled in. */
  @Test
  void takesWhatIsEmptyForNotSet() {
    var none = new IssuerSettings("", " ", "", "", DefaultScope.NONE, "tlsrpt_scope");

    assertThat(none.issuer()).isNull();
    assertThat(none.audience()).isNull();
    assertThat(none.clientId()).isNull();
    assertThat(none.clientSecret()).isNull();
  }

  @Test
  void keepsItsSecret() {
    var settings =
        new IssuerSettings("https://a.example", "us", "me", "hush", DefaultScope.NONE, "x");

    assertThat(settings.toString()).doesNotContain("hush");
  }

  private static IssuerSettings settings(String issuer, String audience, String clientId) {
    return new IssuerSettings(issuer, audience, clientId, null, DefaultScope.NONE, "tlsrpt_scope");
  }
}
