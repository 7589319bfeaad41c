package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * NDJSON: in each line a document with what is known of it, as an archive has it, or a report as it
 * is.
 */
final class LinesImport {

  private static final int DEPTH = 20;

  private final ImportRun run;
  private final ImportLimits limits;
  private final JsonMapper json;

  LinesImport(ImportRun run, ImportLimits limits) {
    this.run = run;
    this.limits = limits;
    this.json =
        new JsonMapper(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxStringLength(limits.line())
                        .maxNestingDepth(DEPTH)
                        .build())
                .build());
  }

  void read(String name, InputStream in) throws IOException {
    var lines = new InputLines(in, limits.line());
    var number = 0L;
    byte[] line;
    while ((line = lines.next()) != null) {
      number++;
      if (lines.wasCut()) {
        run.refuse(name + ":" + number, "The line is longer than one may be.");
      } else if (!isBlank(line)) {
        deliver(name + ":" + number, line);
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (var octet : line) {
      if (octet > ' ' || octet < 0) {
        return false;
      }
    }
    return true;
  }

  private void deliver(String name, byte[] line) throws IOException {
    var members = read(line);
    var document = members == null ? null : document(members);
    if (members == null || document == null) {
      run.found(name, line, Origin.UNKNOWN);
      return;
    }
    var source = members.path("source");
    run.found(
        name,
        document,
        Origin.of(
            text(members.path("recipientDomain")),
            text(members.path("receivedAt")),
            text(source.path("ip")),
            text(source.path("userAgent"))));
  }

  /** What is no JSON the intake will judge. */
  private @Nullable JsonNode read(byte[] line) {
    try {
      return json.readTree(line);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static byte @Nullable [] document(JsonNode members) {
    var document = members.path("document");
    if (document.isString()) {
      return document.asString().getBytes(StandardCharsets.UTF_8);
    }
    try {
      var gzip = members.path("documentGzip");
      return gzip.isString() ? gzip.binaryValue() : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode value) {
    return value.isString() ? value.asString() : null;
  }
}
