package org.tlsrpt.collector.api;

import static org.tlsrpt.collector.api.ApiCall.delete;
import static org.tlsrpt.collector.api.ApiCall.get;
import static org.tlsrpt.collector.api.ApiCall.patch;
import static org.tlsrpt.collector.api.ApiCall.post;
import static org.tlsrpt.collector.api.ApiCall.put;

import java.util.List;

/** Calls about tokens and accounts. */
final class ApiCallsForKeys {

  private static final String KEYS = "Keys";

  private static final String TOKEN =
      """
      "id":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","name":"Grafana","scope":"read",\
      "domains":["example.com"],"createdAt":"2026-03-02T01:02:03Z","createdBy":"admin",\
      "expiresAt":"2030-01-01T00:00:00Z","lastUsedAt":null,"revokedAt":null""";

  private static final String USER =
      """
      {"name":"alice","scope":"read","domains":null,"createdAt":"2026-03-02T01:02:03Z",\
      "createdBy":"admin","lastUsedAt":null}""";

  static final List<ApiCall> ALL =
      List.of(
          get("/v1/me", "Tell who calls")
              .under(KEYS)
              .answers(
                  200,
                  "Who it is; `domains` is null for all.",
                  """
                  {"name":"admin","kind":"configured","scope":"admin","domains":null,\
                  "expiresAt":null}"""),
          put("/v1/me/password", "Take another password")
              .under(KEYS)
              .says("Of an account made by `POST /v1/users`; 409 for any other key.")
              .sendsJson(
                  "{\"old\":\"at least twelve characters\",\"new\":\"twelve others, please\"}")
              .answers(204, "It counts from now on.")
              .refuses(409, 422),
          get("/v1/tokens", "List tokens, newest first")
              .under(KEYS)
              .takes("limit", "cursor")
              .answers(200, "A page.", "{\"items\":[{" + TOKEN + "}],\"next\":null}"),
          post("/v1/tokens", "Make a token")
              .under(KEYS)
              .says("`domains` limits it to these; without `expiresAt` it does not end by itself.")
              .sendsJson(
                  """
                  {"name":"Grafana","scope":"read","domains":["example.com"],\
                  "expiresAt":"2030-01-01T00:00:00Z"}""")
              .answers(
                  201,
                  "The token; nobody can show it again.",
                  "{" + TOKEN + ",\"token\":\"tlsrpt_…\"}")
              .refuses(422),
          get("/v1/tokens/{id}", "Show a token, without its text")
              .under(KEYS)
              .answers(200, "The token.", "{" + TOKEN + "}")
              .refuses(404),
          delete("/v1/tokens/{id}", "Revoke a token")
              .under(KEYS)
              .answers(204, "It is taken no more.")
              .refuses(404),
          get("/v1/users", "List accounts by name")
              .under(KEYS)
              .takes("limit", "cursor")
              .answers(200, "A page.", "{\"items\":[" + USER + "],\"next\":null}"),
          post("/v1/users", "Make an account")
              .under(KEYS)
              .sendsJson(
                  """
                  {"name":"alice","password":"at least twelve characters","scope":"read"}""")
              .answers(201, "The account.", USER)
              .refuses(409, 422),
          get("/v1/users/{name}", "Show an account")
              .under(KEYS)
              .answers(200, "The account.", USER)
              .refuses(404),
          patch("/v1/users/{name}", "Change an account")
              .under(KEYS)
              .says("What is not named stays; `\"domains\":null` lifts a limit.")
              .sendsJson("{\"domains\":[\"example.com\"]}")
              .answers(200, "The account as it is now.", USER)
              .refuses(404, 422),
          delete("/v1/users/{name}", "Delete an account")
              .under(KEYS)
              .answers(204, "It is gone; tokens it made stay.")
              .refuses(404));

  private ApiCallsForKeys() {}
}
