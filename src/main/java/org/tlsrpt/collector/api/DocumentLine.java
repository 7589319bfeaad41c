package org.tlsrpt.collector.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.ReportItem;
import org.tlsrpt.collector.store.StoredDocument;

/**
 * A document in a line of NDJSON. Its bytes must survive, since the id is made of them: so it is a
 * text within the text, or, if it is large or not UTF-8, compressed and in base64.
 *
 * @param id made of the content
 * @param recipientDomain from the path it was posted to
 * @param receivedAt when it arrived
 * @param source where it came from
 * @param document the bytes, read as UTF-8
 * @param documentGzip the same compressed; one of the two is there
 */
record DocumentLine(
    UUID id,
    @Nullable String recipientDomain,
    Instant receivedAt,
    ReportItem.Source source,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String document,
    @JsonInclude(JsonInclude.Include.NON_NULL) byte @Nullable [] documentGzip) {

  private static final int LARGEST_TEXT = 1024 * 1024;

  static DocumentLine of(StoredDocument stored) {
    var text = text(stored.gzip());
    var source = stored.source();
    return new DocumentLine(
        stored.id(),
        stored.recipientDomain(),
        source.receivedAt(),
        new ReportItem.Source(source.channel(), source.ip(), source.userAgent()),
        text,
        text == null ? stored.gzip() : null);
  }

  private static @Nullable String text(byte[] gzip) {
    try (var inflated = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      var bytes = inflated.readNBytes(LARGEST_TEXT + 1);
      return bytes.length > LARGEST_TEXT
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("a stored document is not whole", e);
    }
  }
}
