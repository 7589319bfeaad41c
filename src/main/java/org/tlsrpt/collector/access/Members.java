package org.tlsrpt.collector.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members of a small JSON object, all of them known: a typo in {@code domains} must not make a
 * key for all domains.
 */
final class Members {

  private static final int LARGEST = 64 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;

  private Members(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads the body of a request.
   *
   * @param known the names that may occur
   */
  static Members of(HttpServletRequest request, List<String> known) throws IOException {
    var body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw AccessProblem.tooLarge(LARGEST);
    }
    var object = read(body);
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw AccessProblem.member(
            Wanted.excerpt(name), "is not known here; known are " + String.join(", ", known) + ".");
      }
    }
    return new Members(object);
  }

  private static JsonNode read(byte[] body) {
    try {
      var document = JSON.readTree(body);
      if (document.isObject()) {
        return document;
      }
    } catch (JacksonException e) {
      // answered below, like JSON of another shape; its message may hold a password
    }
    throw AccessProblem.unreadable("The body must be a JSON object, each member once.");
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** A text that must be there. */
  String text(String name) {
    var text = textOrNull(name);
    if (text == null) {
      throw AccessProblem.member(name, "is missing.");
    }
    return text;
  }

  /** A text that may be absent or null. */
  @Nullable String textOrNull(String name) {
    var value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw AccessProblem.member(name, "must be a text.");
    }
    return value.asString();
  }

  /** A scope that must be there. */
  Scope scope() {
    return Scope.of(text("scope"))
        .orElseThrow(() -> AccessProblem.member("scope", "must be read or admin."));
  }

  /** Texts; {@code null} if absent or null. */
  @Nullable List<String> textsOrNull(String name) {
    var value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      throw AccessProblem.member(name, "must be an array of texts.");
    }
    var texts = new ArrayList<String>();
    for (var element : value) {
      if (!element.isString()) {
        throw AccessProblem.member(name, "must be an array of texts.");
      }
      texts.add(element.asString());
    }
    return texts;
  }

  /** A moment; {@code null} if absent or null. */
  @Nullable Instant instantOrNull(String name) {
    var text = textOrNull(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw AccessProblem.member(name, "must be a time like 2030-12-31T00:00:00Z.");
    }
  }

  /** Carries out what the members ask for; what is not acceptable becomes a problem. */
  static <T> T acceptable(Supplier<T> work) {
    try {
      return work.get();
    } catch (UnacceptableException e) {
      throw AccessProblem.of(e);
    }
  }
}
