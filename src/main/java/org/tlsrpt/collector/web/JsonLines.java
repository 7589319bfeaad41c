package org.tlsrpt.collector.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A stored document as people read it: indented, with its parts told apart. */
@Component
class JsonLines {

  /** Bytes that are read; a longer document can be fetched. */
  private static final int LONGEST = 128 * 1024;

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<key>\"(?:[^\"\\\\]|\\\\.)*+\"(?=\\s*:))|(?<text>\"(?:[^\"\\\\]|\\\\.)*+\")"
              + "|(?<number>-?[0-9][0-9.eE+-]*+)|(?<word>true|false|null)");

  private static final List<String> KINDS = List.of("key", "text", "number", "word");

  private final JsonMapper json;

  JsonLines(JsonMapper json) {
    this.json = json.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
  }

  /**
   * A piece of the text.
   *
   * @param kind a class of the style sheet; empty for what stands between
   */
  record Token(String kind, String text) {}

  /**
   * All of it in pieces.
   *
   * @param document as kept, gzip
   * @return null if it is too long to be shown
   */
  @Nullable List<Token> of(byte[] document) {
    try (var inflated = new GZIPInputStream(new ByteArrayInputStream(document))) {
      var bytes = inflated.readNBytes(LONGEST + 1);
      return bytes.length > LONGEST ? null : tokens(indented(bytes));
    } catch (IOException e) {
      return null;
    }
  }

  /** What a tolerant reader took need not be what a strict one takes: shown as it is then. */
  private String indented(byte[] bytes) {
    try {
      return json.writeValueAsString(json.readTree(bytes)).replace("\r\n", "\n");
    } catch (JacksonException e) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static List<Token> tokens(String text) {
    var tokens = new ArrayList<Token>();
    var found = TOKEN.matcher(text);
    int from = 0;
    while (found.find()) {
      if (found.start() > from) {
        tokens.add(new Token("", text.substring(from, found.start())));
      }
      var kind = KINDS.stream().filter(name -> found.group(name) != null).findFirst();
      tokens.add(new Token(kind.orElse(""), found.group()));
      from = found.end();
    }
    if (from < text.length()) {
      tokens.add(new Token("", text.substring(from)));
    }
    return tokens;
  }
}
