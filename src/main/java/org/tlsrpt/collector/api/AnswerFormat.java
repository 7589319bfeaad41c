package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** What an answer is written in: a page in JSON, or all there is in a format for machines. */
enum AnswerFormat {
  /** One page. */
  JSON("json", "application/json"),
  /** A line each, for spreadsheets (RFC 4180). */
  CSV("csv", "text/csv"),
  /** A JSON text each, in a line of its own. */
  NDJSON("ndjson", "application/x-ndjson"),
  /** Files in an archive. */
  TAR("tar", "application/gzip");

  /** The parameter that names one; it goes before what the client accepts. */
  static final String NAME = "format";

  private final String word;
  private final String type;

  AnswerFormat(String word, String type) {
    this.word = word;
    this.type = type;
  }

  String word() {
    return word;
  }

  /** What a list is asked for in. */
  static AnswerFormat ofList(HttpServletRequest request) {
    return of(request, List.of(JSON, CSV, NDJSON));
  }

  /** What an archive is asked for in. */
  static AnswerFormat ofArchive(HttpServletRequest request) {
    return of(request, List.of(TAR, NDJSON));
  }

  /** The one named; else the one of these that is accepted most; else the first. */
  private static AnswerFormat of(HttpServletRequest request, List<AnswerFormat> known) {
    var named = request.getParameterValues(NAME);
    return named == null ? accepted(request, known) : named(named, known);
  }

  private static AnswerFormat named(String[] given, List<AnswerFormat> known) {
    if (given.length == 1) {
      var wanted = given[0].strip().toLowerCase(Locale.ROOT);
      for (var format : known) {
        if (format.word.equals(wanted)) {
          return format;
        }
      }
    }
    var words = String.join(", ", known.stream().map(AnswerFormat::word).toList());
    throw ApiProblem.parameter(NAME, "must be one of " + words + ".");
  }

  private static AnswerFormat accepted(HttpServletRequest request, List<AnswerFormat> known) {
    var header = request.getHeader(HttpHeaders.ACCEPT);
    return header == null
        ? known.getFirst()
        : ranges(header)
            .flatMap(
                range ->
                    known.stream().filter(format -> range.includes(MediaType.valueOf(format.type))))
            .findFirst()
            .orElse(known.getFirst());
  }

  /** Those wanted most first; whoever writes what nobody understands gets what everybody gets. */
  private static Stream<MediaType> ranges(String header) {
    try {
      var ranges = MediaType.parseMediaTypes(header);
      MimeTypeUtils.sortBySpecificity(ranges);
      return ranges.stream()
          .filter(range -> range.getQualityValue() > 0)
          .sorted((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
    } catch (InvalidMediaTypeException e) {
      return Stream.empty();
    }
  }
}
