package org.tlsrpt.collector.report;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One pass over one document: what it is, and the report in it. */
final class DocumentReader {

  private static final String NO_OBJECT = "The document is JSON, but no object.";

  private final byte[] document;
  private final Notes notes;
  private final Tokens tokens;
  private final ReportDraft draft;

  DocumentReader(
      byte[] document,
      JsonParser json,
      Notes notes,
      ReportReader.Limits limits,
      JsonText jsonText) {
    this.document = document;
    this.notes = notes;
    this.tokens = new Tokens(json, document, limits.textLength(), notes);
    var values = new Values(tokens, notes, limits.textLength());
    var results = new PolicyResults(tokens, values, notes, new Budget(limits), jsonText);
    this.draft = new ReportDraft(tokens, values, notes, results);
  }

  /** Reads the document to its end. */
  Reading read(@Nullable String recipientDomain) {
    if (tokens.next() == null) {
      return new Reading.NotJson("The document is empty.");
    }
    var problem = tokens.isArray() ? wrapped() : root();
    var trailer = Trailer.of(document, tokens.position());
    if (problem != null) {
      return trailer == Trailer.NOTHING
          ? new Reading.NotAReport(problem)
          : new Reading.NotJson("Something follows the JSON value.");
    }
    if (trailer == Trailer.DOCUMENT) {
      return new Reading.NotJson("A second JSON document follows the report.");
    }
    if (trailer == Trailer.OTHER) {
      notes.document(Deviation.TRAILING_CONTENT);
    }
    return draft.finish(recipientDomain);
  }

  /** Reads the value of the document; why it is no report, if it is none. */
  private @Nullable String root() {
    if (!tokens.isObject()) {
      // Makes the parser read a long text or number to its end.
      tokens.text();
      return NO_OBJECT;
    }
    draft.read();
    return draft.isReport() ? null : "The object has no array \"policies\" (RFC 8460 §4.4).";
  }

  /** Reads an array as the report it is put around, if it is. */
  private @Nullable String wrapped() {
    int elements = 0;
    String problem = "The array is empty.";
    while (tokens.next() != JsonToken.END_ARRAY) {
      elements++;
      if (elements == 1 && tokens.isObject()) {
        problem = root();
      } else {
        tokens.skip();
        problem = NO_OBJECT;
      }
    }
    if (elements > 1) {
      return "The document is an array of several values; a delivery is one report.";
    }
    if (problem == null) {
      notes.document(Deviation.REPORT_IN_ARRAY);
    }
    return problem;
  }
}
