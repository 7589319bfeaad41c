package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.tlsrpt.collector.testing.Http;

/** Tokens of an OAuth 2 issuer: a real one's, and those it would never make. */
@IssuerTest
class IssuerTokenTest {

  @Autowired Http http;
  @Autowired Clock clock;
  @Autowired IssuerSettings settings;

  private final TestIssuer issuer = IssuerTest.Running.issuer();

  @AfterEach
  void forgetClaims() {
    issuer.setClaims("script", Map.of());
  }

  @Test
  void openWhatTheirScopeSays() {
    var reader = As.token(http, issuer.token("tlsrpt.read"));
    var admin = As.token(http, issuer.token("tlsrpt.admin"));
    var neither = As.token(http, issuer.token("other"));

    assertThat(reader.get("/v1/reports").status()).isEqualTo(200);
    assertThat(reader.get("/v1/tokens").status()).isEqualTo(403);
    assertThat(admin.get("/v1/tokens").status()).isEqualTo(200);
    assertThat(neither.get("/v1/reports").status()).isEqualTo(403);
    assertThat(neither.get("/v1/me").json().get("scope").asString()).isEqualTo("none");
  }

  @Test
  void openOnlyTheDomainsTheyName() {
    issuer.setClaims("script", Map.of("tlsrpt_domains", List.of("Example.com.")));

    var limited = As.token(http, issuer.token("tlsrpt.admin"));

    assertThat(limited.get("/v1/me").json().get("kind").asString()).isEqualTo("oauth");
    assertThat(limited.get("/v1/me").json().get("name").asString()).isEqualTo("script");
    assertThat(limited.get("/v1/me").json().get("domains").toString())
        .isEqualTo("[\"example.com\"]");
    assertThat(limited.get("/v1/reports").status()).isEqualTo(200);
    assertThat(limited.get("/v1/quarantine").status()).isEqualTo(403);
    assertThat(limited.get("/v1/tokens").status()).isEqualTo(403);
  }

  @Test
  void areTakenIfOnlyWhatTheyMustSayIsThere() {
    assertThat(status(claims -> {})).isEqualTo(200);
  }

  @Test
  void areRefusedForAnotherAudience() {
    assertThat(status(claims -> claims.audience(List.of("https://other.example")))).isEqualTo(401);
    assertThat(status(claims -> claims.audience(List.of("collector")))).isEqualTo(401);
    assertThat(status(claims -> claims.claims(all -> all.remove("aud")))).isEqualTo(401);
    assertThat(status(claims -> claims.audience(List.of("x", TestIssuer.AUDIENCE)))).isEqualTo(200);
  }

  @Test
  void areRefusedOfAnotherIssuer() {
    assertThat(status(claims -> claims.issuer("https://other.example"))).isEqualTo(401);
    assertThat(status(claims -> claims.issuer(issuer.address() + "/"))).isEqualTo(401);
    assertThat(status(claims -> claims.claims(all -> all.remove("iss")))).isEqualTo(401);
  }

  /** Clocks may differ by a minute. */
  @Test
  void areRefusedBeforeAndAfterTheirTime() {
    assertThat(expiring(Duration.ofSeconds(-50))).isEqualTo(200);
    assertThat(expiring(Duration.ofSeconds(-70))).isEqualTo(401);
    assertThat(status(claims -> claims.notBefore(in(Duration.ofSeconds(50))))).isEqualTo(200);
    assertThat(status(claims -> claims.notBefore(in(Duration.ofSeconds(70))))).isEqualTo(401);
    assertThat(status(claims -> claims.claims(all -> all.remove("exp")))).isEqualTo(401);
  }

  /** RFC 7800: whoever stole such a token does not have the key. */
  @Test
  void areRefusedIfTheyAreBoundToAKey() {
    assertThat(status(claims -> claims.claim("cnf", Map.of("jkt", "0ZcOCORZNYy")))).isEqualTo(401);
    assertThat(status(claims -> claims.claim("cnf", Map.of("x5t#S256", "bwcK0esc"))))
        .isEqualTo(401);
  }

  @Test
  void areRefusedWithoutASignature() {
    var token = new PlainJWT(claims()).serialize();

    assertThat(As.token(http, token).get("/v1/me").status()).isEqualTo(401);
  }

  /** The public key is public: it must not work as a shared secret. */
  @Test
  void areRefusedIfThePublicKeyWasTakenForASecret() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("the issuer's key").build();
    var token = new SignedJWT(header, claims());
    token.sign(new MACSigner(TestIssuer.publicKey().toRSAPublicKey().getEncoded()));

    assertThat(As.token(http, token.serialize()).get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void areRefusedIfAnotherKeySignedThem() throws JOSEException {
    var another = new RSAKeyGenerator(2048).keyID("the issuer's key").generate();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(another.getKeyID())
            .jwk(another.toPublicJWK())
            .build();
    var token = new SignedJWT(header, claims());
    token.sign(new RSASSASigner(another));

    assertThat(As.token(http, token.serialize()).get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void areRefusedIfTheyAreNoAccessTokens() throws JOSEException {
    for (var type : List.of("logout+jwt", "dpop+jwt", "secevent+jwt")) {
      assertThat(typed(new JOSEObjectType(type))).as(type).isEqualTo(401);
    }
    // Signed with another key, so never taken; but no type may make a 500 of it either.
    assertThat(typed(JOSEObjectType.JWT)).isEqualTo(401);
  }

  @Test
  void areRefusedAfterOneCharacterWasChanged() {
    var token = issuer.token("tlsrpt.read");
    var place = token.indexOf('.') + 10;
    var other = token.charAt(place) == 'A' ? 'B' : 'A';

    var changed = token.substring(0, place) + other + token.substring(place + 1);

    assertThat(As.token(http, changed).get("/v1/me").status()).isEqualTo(401);
    assertThat(As.token(http, token).get("/v1/me").status()).isEqualTo(200);
  }

  @Test
  void areExplainedInAProblemThatRepeatsNothing() {
    var answer = As.token(http, new PlainJWT(claims()).serialize()).get("/v1/me");

    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.header("www-authenticate")).contains("invalid_token");
    assertThat(answer.text()).contains("signed by the configured issuer").doesNotContain("script");
  }

  @Test
  void leavePasswordsAndOurOwnTokensAsTheyAre() {
    var ours =
        As.admin(http)
            .post("/v1/tokens", "{\"name\":\"x\",\"scope\":\"read\"}")
            .json()
            .get("token")
            .asString();

    assertThat(As.token(http, ours).get("/v1/me").status()).isEqualTo(200);
    assertThat(As.admin(http).get("/v1/me").status()).isEqualTo(200);
    assertThat(As.token(http, "x").get("/v1/me").status()).isEqualTo(401);
  }

  private int typed(JOSEObjectType type) throws JOSEException {
    var key = new RSAKeyGenerator(2048).keyID("the issuer's key").generate();
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(type).keyID(key.getKeyID()).build(),
            claims());
    token.sign(new RSASSASigner(key));
    return As.token(http, token.serialize()).get("/v1/me").status();
  }

  private int expiring(Duration in) {
    return status(claims -> claims.issuedAt(in(in.minusSeconds(100))).expiresAt(in(in)));
  }

  /** What a token meets that is right but for one thing. */
  private int status(Consumer<JwtClaimsSet.Builder> change) {
    var token =
        issuer.forged(
            claims -> {
              claims
                  .issuer(issuer.address())
                  .subject("script")
                  .audience(List.of(TestIssuer.AUDIENCE))
                  .expiresAt(in(Duration.ofMinutes(5)))
                  .claim("scope", "tlsrpt.read");
              change.accept(claims);
            });
    return As.token(http, token).get("/v1/reports").status();
  }

  private JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.address())
        .subject("script")
        .audience(TestIssuer.AUDIENCE)
        .expirationTime(Date.from(in(Duration.ofMinutes(5))))
        .claim("scope", "tlsrpt.admin")
        .build();
  }

  private Instant in(Duration duration) {
    return clock.instant().plus(duration);
  }
}
