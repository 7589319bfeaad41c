package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.tlsrpt.collector.access.IssuerSettings.DefaultScope;
import tools.jackson.databind.json.JsonMapper;

/** What an issuer's claims become. */
class IssuerClaimsTest {

  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"scope":"tlsrpt.read"}                                   | ROLE_READ
          {"scope":"openid tlsrpt.read email"}                      | ROLE_READ
          {"scope":["tlsrpt.read"]}                                 | ROLE_READ
          {"scp":["tlsrpt.read"]}                                   | ROLE_READ
          {"scp":"tlsrpt.admin"}                                    | ROLE_ADMIN ROLE_READ
          {"scope":"tlsrpt.read tlsrpt.admin"}                      | ROLE_ADMIN ROLE_READ
          {"roles":["tlsrpt.admin"]}                                | ROLE_ADMIN ROLE_READ
          {}                                                        |
          {"scope":""}                                              |
          {"scope":"read admin"}                                    |
          {"scope":"tlsrpt.reader xtlsrpt.read TLSRPT.READ"}        |
          {"scope":{"tlsrpt.admin":true}}                           |
          {"scope":7}                                               |
          {"tlsrpt_domains":["example.com"]}                        |
          {"scope":"tlsrpt.read","tlsrpt_domains":["Example.com."]} | DOMAIN_example.com ROLE_READ
          {"scope":"tlsrpt.read","tlsrpt_domains":"a.example, b.example c.example"} | DOMAIN_a.example DOMAIN_b.example DOMAIN_c.example ROLE_READ
          {"scope":"tlsrpt.read","tlsrpt_domains":["a.example","*"]} | DOMAIN_a.example ROLE_READ
          {"scope":"tlsrpt.admin","tlsrpt_domains":["a.example"]}   | DOMAIN_a.example ROLE_READ
          {"scope":"tlsrpt.read","tlsrpt_domains":[]}               |
          {"scope":"tlsrpt.read","tlsrpt_domains":["*"]}            |
          {"scope":"tlsrpt.read","tlsrpt_domains":""}               |
          {"scope":"tlsrpt.read","tlsrpt_domains":null}             |
          {"scope":"tlsrpt.read","tlsrpt_domains":{"all":true}}     |
          {"scope":"tlsrpt.admin","tlsrpt_domains":false}           |
          """)
  void grantATokenWhatTheySayAndNothingInDoubt(String claims, String authorities) {
    assertThat(names(IssuerClaims.grantOfToken(claims(claims), settings(DefaultScope.ADMIN))))
        .isEqualTo(authorities == null ? "" : authorities);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"roles":"tlsrpt.admin"}                     | NONE  | ROLE_ADMIN ROLE_READ
          {"roles":["x","tlsrpt.read"]}                | ADMIN | ROLE_READ
          {}                                           | NONE  |
          {}                                           | READ  | ROLE_READ
          {}                                           | ADMIN | ROLE_ADMIN ROLE_READ
          {"scope":"tlsrpt.admin"}                     | NONE  |
          {"tlsrpt_domains":["a.example"]}             | NONE  |
          {"tlsrpt_domains":["a.example"]}             | READ  | DOMAIN_a.example ROLE_READ
          {"tlsrpt_domains":["a.example"]}             | ADMIN | DOMAIN_a.example ROLE_READ
          {"tlsrpt_domains":["*"]}                     | ADMIN |
          """)
  void grantSomebodyWhoLoggedInTheDefaultUnlessTheySayMore(
      String claims, DefaultScope otherwise, String authorities) {
    assertThat(names(IssuerClaims.grantOfUser(claims(claims), settings(otherwise))))
        .isEqualTo(authorities == null ? "" : authorities);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"sub":"1","preferred_username":"alice"}  | alice
          {"sub":"1","email":"alice@example.com"}   | alice@example.com
          {"sub":"1","client_id":"script"}          | script
          {"sub":"1","azp":"collector"}             | 1
          {"sub":"1","preferred_username":""}       | 1
          {"sub":"1","preferred_username":7}        | 1
          {"sub":"a\\nb\\u202ec"}                   | a?b?c
          {}                                        | unnamed
          """)
  void nameSomebodyForPeople(String claims, String name) {
    assertThat(IssuerClaims.name(claims(claims))).isEqualTo(name);
  }

  @Test
  void nameNobodyAtLength() {
    assertThat(IssuerClaims.name(Map.of("sub", "😀".repeat(1_000)))).hasSizeLessThan(200);
  }

  @Test
  void neverMakeAGrantThatLimitsAnAdministratorOrHidesEverything() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(Scope.ADMIN, List.of("example.com")));
    assertThatIllegalArgumentException().isThrownBy(() -> new Grant(Scope.READ, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ROLE_ADMIN ROLE_READ                         | admin | true
          ROLE_READ                                    | read  | true
          ROLE_READ DOMAIN_b.example DOMAIN_a.example  | read  | false
          FACTOR_BEARER SCOPE_x                        | none  | false
          DOMAIN_a.example                             | none  | false
          """)
  void canBeReadBackFromTheAuthoritiesOfALogin(String given, String scope, boolean everything) {
    var grant =
        Grant.of(
            java.util.Arrays.stream(given.split(" ")).map(SimpleGrantedAuthority::new).toList());

    assertThat(grant.scope() == null ? "none" : grant.scope().word()).isEqualTo(scope);
    assertThat(grant.readsEverything()).isEqualTo(everything);
  }

  private static IssuerSettings settings(DefaultScope otherwise) {
    return new IssuerSettings("https://issuer.example", "us", null, null, otherwise, "roles");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> claims(String json) {
    return JSON.readValue(json, Map.class);
  }

  private static String names(Grant grant) {
    return grant.authorities().stream()
        .map(GrantedAuthority::getAuthority)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(" "));
  }
}
