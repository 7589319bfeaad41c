package org.tlsrpt.collector.report;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Member.Scope;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/** The tokens of one document, taken member by member and element by element. */
final class Tokens {

  private final JsonParser json;
  private final byte[] document;
  private final int longestText;
  private final Notes notes;
  private final SharedStrings shared = new SharedStrings();

  /**
   * Wraps a parser.
   *
   * @param json a parser of exactly these bytes
   * @param document the bytes
   * @param longestText characters of interest in a value that is no string
   * @param notes is told about odd names
   */
  Tokens(JsonParser json, byte[] document, int longestText, Notes notes) {
    this.json = json;
    this.document = document;
    this.longestText = longestText;
    this.notes = notes;
  }

  /** Goes on to the next token; {@code null} at the end of the document. */
  @Nullable JsonToken next() {
    return json.nextToken();
  }

  boolean isObject() {
    return json.hasToken(JsonToken.START_OBJECT);
  }

  boolean isArray() {
    return json.hasToken(JsonToken.START_ARRAY);
  }

  boolean isString() {
    return json.hasToken(JsonToken.VALUE_STRING);
  }

  boolean isNumber() {
    return json.currentToken().isNumeric();
  }

  /** Whether the sender left the value empty: {@code null} or {@code ""}. */
  boolean isNothing() {
    return json.hasToken(JsonToken.VALUE_NULL) || (isString() && string().isEmpty());
  }

  /** Leaves the value at hand, whatever it holds. */
  void skip() {
    json.skipChildren();
  }

  /** How many bytes have been read. */
  int position() {
    return (int) json.currentLocation().getByteOffset();
  }

  /** Reads the object at hand; members not of its kind are left out. */
  void object(Scope scope, Consumer<Member> reader) {
    var seen = EnumSet.noneOf(Member.class);
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      var member = member(scope, name);
      if (member == null) {
        json.skipChildren();
      } else {
        if (!seen.add(member)) {
          notes.member(member, Deviation.DUPLICATE_MEMBER);
        }
        reader.accept(member);
      }
    }
  }

  /**
   * Reads the array at hand, or a single value as if it stood in one; no element for nothing.
   *
   * @param reader given the element's index in the document, from 0
   */
  void elements(Member member, Deviation noArray, IntConsumer reader) {
    if (isArray()) {
      for (var index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
        reader.accept(index);
      }
    } else if (!json.hasToken(JsonToken.VALUE_NULL)) {
      notes.member(member, noArray);
      if (!isNothing()) {
        reader.accept(0);
      }
    }
  }

  /** The text of the value at hand: of a string what it says, of anything else its JSON text. */
  @Nullable String text() {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> string();
      case START_ARRAY, START_OBJECT -> structure();
      default -> json.getString();
    };
  }

  private @Nullable Member member(Scope scope, String name) {
    var member = Member.named(name);
    if (member == null) {
      member = Member.meantBy(name);
      if (member == null || member.scope() != scope) {
        return null;
      }
      notes.member(member, Deviation.MEMBER_ALIAS, name);
    }
    return member.scope() == scope ? member : null;
  }

  private String string() {
    try {
      var characters = json.getStringCharacters();
      return shared.of(characters, json.getStringOffset(), json.getStringLength());
    } catch (StreamConstraintsException e) {
      throw new Stop(
          new Reading.TooLarge("A text has more than " + JsonText.LONGEST_STRING + " characters."));
    }
  }

  private String structure() {
    long start = json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    long end = Math.min(position(), start + 4L * longestText + 4);
    return new String(document, (int) start, (int) (end - start), StandardCharsets.UTF_8);
  }
}
