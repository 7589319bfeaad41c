package org.tlsrpt.collector.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.BodyReader.Body;
import org.tlsrpt.collector.report.Finding;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.report.ReportLint;
import org.tlsrpt.collector.report.ReportReader;
import org.tlsrpt.collector.report.Severity;

/** Judges a delivery as a sender made it and stores nothing: for authors of senders. */
@Component
public class Lint {

  private static final String MEDIA_TYPES = "RFC 8460 §5.4";
  private static final String COMPRESSION = "RFC 8460 §5.2";
  private static final String GZIP = "RFC 1952 §2";

  private final Sources sources;
  private final BodyReader bodies;
  private final Decoder decoder;
  private final ReportReader reader;
  private final Clock clock;

  Lint(Sources sources, BodyReader bodies, Decoder decoder, ReportReader reader, Clock clock) {
    this.sources = sources;
    this.bodies = bodies;
    this.decoder = decoder;
    this.reader = reader;
    this.clock = clock;
  }

  /** What became of a request. */
  public sealed interface Linted {

    /**
     * Judged.
     *
     * @param conforming whether no finding is an error
     * @param findings what stands against RFC 8460, and what is worth knowing
     */
    record Judged(boolean conforming, List<Finding> findings) implements Linted {}

    /** The body is over the limit. */
    record TooLarge() implements Linted {}

    /** The source asks too much, or too much is asked at once. */
    record Busy() implements Linted {}
  }

  /**
   * Judges the body of a request.
   *
   * @param request as a sender would make it
   * @return the findings, or why there are none
   * @throws IOException if the connection breaks
   */
  public Linted lint(HttpServletRequest request) throws IOException {
    try (var admission = sources.admit(request.getRemoteAddr())) {
      if (admission == null) {
        return new Linted.Busy();
      }
      var waitsForGo = request.getHeader(HttpHeaders.EXPECT) != null;
      var announced = request.getContentLengthLong();
      return switch (bodies.read(
          admission.name(), request.getInputStream(), announced, waitsForGo)) {
        case Body.TooLarge() -> new Linted.TooLarge();
        case Body.TooSlow(), Body.NoRoom() -> new Linted.Busy();
        case Body.Whole whole -> {
          try (whole) {
            yield judge(admission.name(), whole.bytes(), request);
          }
        }
      };
    }
  }

  /**
   * Judges a report that somebody pasted; how it would have been sent is not known.
   *
   * @param address of who asks
   * @param text JSON, or anything else
   * @return the findings, or why there are none
   */
  public Linted lintText(String address, String text) {
    try (var admission = sources.admit(address)) {
      return admission == null
          ? new Linted.Busy()
          : judge(admission.name(), text.getBytes(StandardCharsets.UTF_8), new ArrayList<>(), true);
    }
  }

  private Linted judge(String source, byte[] body, HttpServletRequest request) {
    var isGzip = Gunzip.looksLikeGzip(body, 0);
    var findings =
        new ArrayList<>(
            ofHeaders(
                request.getHeader(HttpHeaders.CONTENT_TYPE),
                request.getHeader(HttpHeaders.CONTENT_ENCODING),
                isGzip));
    return judge(source, body, findings, isGzip);
  }

  private Linted judge(String source, byte[] body, List<Finding> findings, boolean isAsItShouldBe) {
    switch (decoder.decode(source, body)) {
      case Decoded.NoRoom noRoom -> {
        return new Linted.Busy();
      }
      case Decoded.Empty() -> findings.add(error(MEDIA_TYPES, "The body is empty."));
      case Decoded.Unknown() ->
          findings.add(error(MEDIA_TYPES, "The body begins neither like gzip nor like JSON."));
      case Decoded.Damaged(var reason) -> findings.add(error(GZIP, reason));
      case Decoded.TooLarge() ->
          findings.add(error(COMPRESSION, "The body inflates to more than is taken here."));
      case Decoded.Document document -> {
        try (document) {
          findings.addAll(ofDocument(document, isAsItShouldBe));
        }
      }
    }
    return new Linted.Judged(ReportLint.conforming(findings), findings);
  }

  private List<Finding> ofDocument(Decoded.Document document, boolean isGzip) {
    var findings = new ArrayList<Finding>();
    if (!isGzip) {
      findings.add(
          new Finding(Severity.INFO, COMPRESSION, "", "Reports should be compressed with gzip."));
    }
    document.notes().forEach(note -> findings.add(ofNote(note)));
    findings.addAll(ReportLint.findings(reader.read(document.json(), null), clock.instant()));
    return findings;
  }

  private static Finding ofNote(Note note) {
    return new Finding(Severity.ERROR, COMPRESSION, note.path(), note.message());
  }

  /** Headers are never believed when a report is delivered; here they are what is asked about. */
  private static List<Finding> ofHeaders(
      @Nullable String type, @Nullable String encoding, boolean isGzip) {
    var findings = new ArrayList<Finding>();
    var right = isGzip ? "application/tlsrpt+gzip" : "application/tlsrpt+json";
    var given = type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!given.equals(right)) {
      findings.add(
          new Finding(
              Severity.WARNING,
              MEDIA_TYPES,
              "",
              "The Content-Type should be " + right + " for this body."));
    }
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      findings.add(
          new Finding(
              Severity.WARNING,
              MEDIA_TYPES,
              "",
              "Content-Encoding is not part of RFC 8460; the media type alone says what the body"
                  + " is."));
    }
    return findings;
  }

  private static Finding error(String rule, String message) {
    return new Finding(Severity.ERROR, rule, "", message);
  }
}
