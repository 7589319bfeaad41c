package org.tlsrpt.collector.report;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Makes a {@link TlsReport} from the bytes of a JSON document (RFC 8460 §4.4), tolerantly.
 *
 * <p>Reads token by token: what it holds at a time is the report, never a tree of the document. May
 * be used by many threads at once.
 */
public final class ReportReader {

  private final Limits limits;
  private final JsonText jsonText;

  /**
   * Makes a reader.
   *
   * @param limits what a single document may cost
   */
  public ReportReader(Limits limits) {
    this.limits = limits;
    this.jsonText = new JsonText(limits.depth());
  }

  /**
   * Reads one document. Pure: the same bytes and domain always give the same answer.
   *
   * @param document the bytes after any decompression; the caller bounds their number
   * @param recipientDomain the domain the delivery was addressed to, used for policies that name
   *     none; {@code null} if not known
   * @return what the bytes are; never an exception for any bytes
   */
  public Reading read(byte[] document, @Nullable String recipientDomain) {
    var known = EnumSet.noneOf(Deviation.class);
    if (!Encodings.hasMark(document)) {
      return read(document, recipientDomain, known);
    }
    known.add(Deviation.BYTE_ORDER_MARK);
    return read(Encodings.withoutMark(document), recipientDomain, known);
  }

  private Reading read(byte[] document, @Nullable String recipientDomain, Set<Deviation> known) {
    var text = Encodings.isWide(document) ? null : Encodings.text(document);
    if (text == null) {
      return new Reading.NotJson("The document is not in UTF-8 (RFC 8259 §8.1).");
    }
    if (text.isRepaired()) {
      known.add(Deviation.ENCODING_INVALID);
    }
    var bytes = text.bytes();
    var attempt = attempt(jsonText.strict(bytes), bytes, recipientDomain, known);
    if (attempt.isBroken()) {
      known.add(Deviation.CONTROL_UNESCAPED);
      attempt = attempt(jsonText.lenient(bytes), bytes, recipientDomain, known);
    }
    return attempt.reading();
  }

  private Attempt attempt(
      JsonParser parser, byte[] document, @Nullable String recipientDomain, Set<Deviation> known) {
    var notes = new Notes();
    known.forEach(notes::document);
    try (var json = parser) {
      var reader = new DocumentReader(document, json, notes, limits, jsonText);
      return new Attempt(reader.read(recipientDomain), false);
    } catch (Stop e) {
      return new Attempt(e.reading(), false);
    } catch (StreamConstraintsException e) {
      return new Attempt(beyond(parser), false);
    } catch (JacksonException e) {
      return new Attempt(new Reading.NotJson(broken(e)), true);
    }
  }

  private Reading beyond(JsonParser json) {
    if (json.streamReadContext().getNestingDepth() > limits.depth()) {
      return new Reading.NotJson(
          "Objects and arrays are nested deeper than " + limits.depth() + " levels.");
    }
    if (json.currentTokenCount() >= JsonText.MOST_TOKENS) {
      return new Reading.TooLarge(
          "The document has more than " + JsonText.MOST_TOKENS + " values and names.");
    }
    return new Reading.NotJson(
        "A number has more than %s characters, a name more than %s, or many names collide."
            .formatted(JsonText.LONGEST_NUMBER, JsonText.LONGEST_NAME));
  }

  private static String broken(JacksonException e) {
    var location = e.getLocation();
    var what =
        e instanceof UnexpectedEndOfInputException
            ? "The document ends too early"
            : "The document is not JSON text";
    return location == null
        ? what + "."
        : what + ": line %s, column %s.".formatted(location.getLineNr(), location.getColumnNr());
  }

  /**
   * What came of one pass.
   *
   * @param reading what the bytes are
   * @param isBroken whether they are not JSON for the parser used; another one may do
   */
  private record Attempt(Reading reading, boolean isBroken) {}

  /**
   * What a single document may cost.
   *
   * @param depth nesting of objects and arrays
   * @param policies elements of {@code policies}
   * @param failureDetails elements of all {@code failure-details} together
   * @param textLength characters kept of one text; longer ones are cut with a note
   */
  public record Limits(int depth, int policies, int failureDetails, int textLength) {

    /** 64 levels, 10,000 policies, 200,000 details, 64 Ki characters. */
    public static final Limits DEFAULT = new Limits(64, 10_000, 200_000, 65_536);
  }
}
