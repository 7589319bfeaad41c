package org.tlsrpt.collector.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Parsers of JSON text, with explicit bounds. The caller bounds the document's length. */
final class JsonText {

  static final long MOST_TOKENS = 20_000_000;
  static final int LONGEST_STRING = 16 * 1024 * 1024;
  static final int LONGEST_NAME = 50_000;
  static final int LONGEST_NUMBER = 1_000;

  private final JsonFactory strict;
  private final JsonFactory lenient;

  /**
   * Makes parsers.
   *
   * @param depth nesting of objects and arrays
   */
  JsonText(int depth) {
    strict =
        JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(constraints(depth))
            .build();
    lenient = strict.rebuild().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();
  }

  /**
   * A parser of UTF-8 text as RFC 8259 defines it.
   *
   * <p>Every parser comes from a factory of its own: parsers of one factory share a table of names,
   * and a document whose names collide in it would make every later one unreadable.
   */
  JsonParser strict(byte[] document) {
    return strict.copy().createParser(ObjectReadContext.empty(), document);
  }

  /** The same, but control characters need not be escaped: RFC 8460's own example has some. */
  JsonParser lenient(byte[] document) {
    return lenient.copy().createParser(ObjectReadContext.empty(), document);
  }

  /** The elements of a text that is a JSON array of strings; {@code null} if it is none. */
  @Nullable List<String> strings(String text) {
    if (!text.startsWith("[")) {
      return null;
    }
    try (var json = strict.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      var strings = new ArrayList<String>();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        strings.add(json.getString());
      }
      return json.hasToken(JsonToken.END_ARRAY) && json.nextToken() == null ? strings : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static StreamReadConstraints constraints(int depth) {
    return StreamReadConstraints.builder()
        .maxNestingDepth(depth)
        .maxDocumentLength(-1)
        .maxTokenCount(MOST_TOKENS)
        .maxNumberLength(LONGEST_NUMBER)
        .maxStringLength(LONGEST_STRING)
        .maxNameLength(LONGEST_NAME)
        .build();
  }
}
