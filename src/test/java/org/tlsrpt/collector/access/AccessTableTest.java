package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/**
 * Who may use what: every mapping has a line, and every line is tried as everybody. A new mapping
 * fails here until somebody has decided who may use it.
 */
@CollectorTest
class AccessTableTest {

  /** What somebody needs at least. */
  private enum Need {
    /** Nothing: mail servers, and whoever looks for the tools. */
    NOTHING,
    /** A key, whatever it may do. */
    KEY,
    /** Scope read. */
    READ,
    /** Scope read without a limit to domains. */
    READ_EVERYTHING,
    /** Scope admin. */
    ADMIN,
    /** Nobody: it is reached from within. */
    NOBODY
  }

  /** Everybody there is, by what they have. */
  private enum Role {
    STRANGER(Need.NOTHING),
    LIMITED_READER(Need.READ),
    READER(Need.READ_EVERYTHING),
    ADMIN(Need.ADMIN);

    private final Need has;

    Role(Need has) {
      this.has = has;
    }
  }

  private static final String TABLE =
      """
      /error                                | any    | NOTHING
      /v1/tlsrpt                            | any    | NOTHING
      /v1/tlsrpt/                           | any    | NOTHING
      /v1/tlsrpt/{recipientDomain}          | any    | NOTHING
      /v1/tlsrpt/{recipientDomain}/         | any    | NOTHING
      /v1/lint                              | POST   | NOTHING
      /v1/record                            | GET    | NOTHING
      /v1/record/lint                       | POST   | NOTHING
      /v3/api-docs                          | GET    | NOTHING
      /v3/api-docs.yaml                     | GET    | NOTHING
      /docs                                 | GET    | NOTHING
      /record                               | any    | NOTHING
      /record/lint                          | any    | NOTHING
      /lint                                 | any    | NOTHING
      /login                                | GET    | NOTHING
      /problem                              | any    | NOBODY
      /record/check                         | GET    | READ
      /                                     | GET    | READ
      /domains                              | GET    | READ
      /domains/{domain}                     | GET    | READ
      /failures                             | GET    | READ
      /reports                              | GET    | READ
      /reports/{id}                         | GET    | READ
      /quarantine                           | GET    | READ_EVERYTHING
      /quarantine/{id}                      | GET    | READ_EVERYTHING
      /quarantine/replay/all                | POST   | ADMIN
      /quarantine/{id}/replay               | POST   | ADMIN
      /quarantine/{id}/delete               | POST   | ADMIN
      /status                               | GET    | READ_EVERYTHING
      /example                              | POST   | ADMIN
      /tokens                               | GET    | ADMIN
      /tokens                               | POST   | ADMIN
      /tokens/{id}/revoke                   | POST   | ADMIN
      /users                                | GET    | ADMIN
      /users                                | POST   | ADMIN
      /users/{name}/password                | POST   | ADMIN
      /users/{name}/delete                  | POST   | ADMIN
      /v1/record/check                      | GET    | READ
      /v1/me                                | GET    | KEY
      /v1/me/password                       | PUT    | KEY
      /v1/reports                           | GET    | READ
      /v1/reports/{id}                      | GET    | READ
      /v1/reports/{id}/raw                  | GET    | READ
      /v1/failures                          | GET    | READ
      /v1/summary                           | GET    | READ
      /v1/domains                           | GET    | READ
      /v1/archive                           | GET    | READ
      /v1/import                            | POST   | ADMIN
      /v1/domains                           | DELETE | ADMIN
      /v1/domains/{domain}                  | DELETE | ADMIN
      /v1/organizations                     | DELETE | ADMIN
      /v1/organizations/{organization}      | DELETE | ADMIN
      /v1/erasures                          | GET    | ADMIN
      /v1/erasures/{id}                     | GET    | ADMIN
      /v1/quarantine                        | GET    | READ_EVERYTHING
      /v1/quarantine/{id}                   | GET    | READ_EVERYTHING
      /v1/quarantine/{id}/raw               | GET    | READ_EVERYTHING
      /v1/quarantine/replay                 | GET    | READ_EVERYTHING
      /v1/quarantine/replay                 | POST   | ADMIN
      /v1/quarantine/{id}/replay            | POST   | ADMIN
      /v1/quarantine/{id}                   | DELETE | ADMIN
      /v1/tokens                            | GET    | ADMIN
      /v1/tokens                            | POST   | ADMIN
      /v1/tokens/{id}                       | GET    | ADMIN
      /v1/tokens/{id}                       | DELETE | ADMIN
      /v1/users                             | GET    | ADMIN
      /v1/users                             | POST   | ADMIN
      /v1/users/{name}                      | GET    | ADMIN
      /v1/users/{name}                      | PATCH  | ADMIN
      /v1/users/{name}                      | DELETE | ADMIN
      """;

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  @Autowired Http http;
  @Autowired Tokens tokens;
  @Autowired List<RequestMappingHandlerMapping> mappings;

  private final Map<Role, As> everybody = new EnumMap<>(Role.class);

  @BeforeEach
  void makeKeys() {
    everybody.put(Role.STRANGER, As.stranger(http));
    everybody.put(Role.LIMITED_READER, key(Scope.READ, List.of("example.com")));
    everybody.put(Role.READER, key(Scope.READ, null));
    everybody.put(Role.ADMIN, key(Scope.ADMIN, null));
  }

  @Test
  void hasALineForEveryMappingAndNoOther() {
    assertThat(table().keySet()).isEqualTo(mapped());
  }

  @Test
  void isWhatEverybodyMeets() {
    var wrong = new ArrayList<String>();
    table()
        .forEach(
            (mapping, need) -> {
              for (var role : Role.values()) {
                for (var method : methodsOf(mapping)) {
                  var status = met(need, role, method, pathOf(mapping));
                  if (!status.equals(expected(role, need))) {
                    wrong.add(role + " " + method + " " + pathOf(mapping) + ": " + status);
                  }
                }
              }
            });

    assertThat(wrong).isEmpty();
  }

  /** A method that no mapping has is nothing that anybody was allowed. */
  @Test
  void givesReadersNoMethodThatIsNotInIt() {
    var open = new TreeSet<String>();
    for (var path : paths()) {
      for (var method : METHODS) {
        for (var role : Set.of(Role.READER, Role.LIMITED_READER)) {
          if (!inTable(path, method) && status(role, method, path).equals("in")) {
            open.add(role + " " + method + " " + path);
          }
        }
      }
    }

    assertThat(open).isEmpty();
  }

  @Test
  void givesStrangersNoMethodOfAnythingThatIsNotNamedPublic() {
    var open = new TreeSet<String>();
    for (var path : paths()) {
      for (var method : METHODS) {
        if (status(Role.STRANGER, method, path).equals("in")) {
          open.add(path);
        }
      }
    }

    assertThat(open)
        .isEqualTo(
            table().entrySet().stream()
                .filter(line -> line.getValue() == Need.NOTHING || line.getValue() == Need.NOBODY)
                .map(line -> pathOf(line.getKey()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void isForAdministratorsWhereNobodyThoughtOfIt() {
    for (var path : List.of("/v1", "/v1/nothing", "/v1/reportsandmore", "/v1/quarantines")) {
      assertThat(everybody.get(Role.STRANGER).get(path).status()).isEqualTo(401);
      assertThat(everybody.get(Role.LIMITED_READER).get(path).status()).isEqualTo(403);
      assertThat(everybody.get(Role.READER).get(path).status()).isEqualTo(403);
      assertThat(everybody.get(Role.ADMIN).get(path).status()).isEqualTo(404);
    }
  }

  private As key(Scope scope, List<String> domains) {
    var made = tokens.make(new Tokens.Wish("for tests", scope, domains, null), "a test");
    return As.token(http, made.text());
  }

  /** What is not for anybody is not there, which other calls say of an id as well. */
  private String met(Need need, Role role, String method, String path) {
    return need == Need.NOBODY
        ? String.valueOf(everybody.get(role).send(method, path, "").status())
        : status(role, method, path);
  }

  /** In, or why not. */
  private String status(Role role, String method, String path) {
    var status = everybody.get(role).send(method, filled(path), "").status();
    return switch (status) {
      case 401 -> "no key";
      case 403 -> "no right";
      default -> "in";
    };
  }

  private static String expected(Role role, Need need) {
    if (need == Need.NOBODY) {
      return "404";
    }
    if (role.has.compareTo(need) >= 0) {
      return "in";
    }
    return role == Role.STRANGER ? "no key" : "no right";
  }

  private static Map<String, Need> table() {
    var table = new TreeMap<String, Need>();
    TABLE
        .lines()
        .map(line -> line.split("\\s*\\|\\s*", -1))
        .forEach(line -> table.put(line[1] + " " + line[0], Need.valueOf(line[2])));
    return table;
  }

  private Set<String> mapped() {
    var mapped = new TreeSet<String>();
    for (var mapping : mappings) {
      for (var info : mapping.getHandlerMethods().keySet()) {
        var path = info.getPatternValues();
        path.forEach(it -> methods(info, it).forEach(method -> mapped.add(method + " " + it)));
      }
    }
    return mapped;
  }

  /** Where one line says any method, the mapping's own are not told apart. */
  private static Set<String> methods(RequestMappingInfo info, String path) {
    if (table().containsKey("any " + path)) {
      return Set.of("any");
    }
    return info.getMethodsCondition().getMethods().stream()
        .map(RequestMethod::name)
        .collect(Collectors.toSet());
  }

  private Set<String> paths() {
    return mapped().stream()
        .map(AccessTableTest::pathOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean inTable(String path, String method) {
    var table = table();
    return table.containsKey("any " + path)
        || table.containsKey(method + " " + path)
        || (table.containsKey("GET " + path) && method.equals("HEAD"))
        || table.getOrDefault("POST " + path, Need.ADMIN) == Need.NOTHING
        || table.getOrDefault("GET " + path, Need.ADMIN) == Need.NOTHING;
  }

  private static List<String> methodsOf(String mapping) {
    var method = mapping.substring(0, mapping.indexOf(' '));
    return switch (method) {
      case "any" -> METHODS;
      case "GET" -> List.of("GET", "HEAD");
      default -> List.of(method);
    };
  }

  private static String pathOf(String mapping) {
    return mapping.substring(mapping.indexOf(' ') + 1);
  }

  private static String filled(String path) {
    return path.replace("{recipientDomain}", "example.com")
        .replace("{name}", "nobody")
        .replaceAll("\\{[^}]+}", "00000000-0000-8000-8000-000000000000");
  }
}
