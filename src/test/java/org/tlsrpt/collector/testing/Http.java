package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the running collector as senders, operators and strangers do. */
@TestComponent
@Lazy
public class Http {

  public static final String PASSWORD = "a password for tests";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private static final JsonMapper JSON = new JsonMapper();

  private final Environment environment;

  Http(Environment environment) {
    this.environment = environment;
  }

  /** What came back. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public byte[] bytes() {
      return response.body();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String type() {
      return header("content-type");
    }

    @Override
    public String toString() {
      return status() + " " + response.headers().map() + "\n" + text();
    }
  }

  public Answer post(String path, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  public Answer post(String path, String body, String... headers) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** By a stranger. */
  public Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** By the administrator. */
  public Answer getAsAdmin(String path) {
    return get(path, "Authorization", basic("admin", PASSWORD));
  }

  /** By the administrator, without a body. */
  public Answer sendAsAdmin(String method, String path, String... headers) {
    var all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = basic("admin", PASSWORD);
    return send(method, path, BodyPublishers.noBody(), all);
  }

  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    return send(port(), method, path, body, headers);
  }

  public Answer sendToManagement(String method, String path, String... headers) {
    var port = environment.getRequiredProperty("local.management.port", int.class);
    return send(port, method, path, BodyPublishers.noBody(), headers);
  }

  public int port() {
    return environment.getRequiredProperty("local.server.port", int.class);
  }

  public static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static Answer send(
      int port, String method, String path, BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
