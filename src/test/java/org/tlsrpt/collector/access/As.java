package org.tlsrpt.collector.access;

import java.net.http.HttpRequest.BodyPublishers;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.Http.Answer;

/** Calls with one key. */
record As(Http http, String authorization) {

  static As stranger(Http http) {
    return new As(http, "");
  }

  static As admin(Http http) {
    return user(http, "admin", "a password for tests");
  }

  static As user(Http http, String name, String password) {
    return new As(http, Http.basic(name, password));
  }

  static As token(Http http, String token) {
    return new As(http, "Bearer " + token);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer post(String path, String json) {
    return send("POST", path, json);
  }

  Answer put(String path, String json) {
    return send("PUT", path, json);
  }

  Answer patch(String path, String json) {
    return send("PATCH", path, json);
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  Answer send(String method, String path, String body) {
    return authorization.isEmpty()
        ? http.send(method, path, BodyPublishers.ofString(body))
        : http.send(method, path, BodyPublishers.ofString(body), "Authorization", authorization);
  }
}
