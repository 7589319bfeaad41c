package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.store.FailureItem;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportItem;
import org.tlsrpt.collector.store.ReportQueries;
import tools.jackson.databind.json.JsonMapper;

/** Reports and what failed in them. */
@RestController
@RequestMapping(path = "/v1")
class ReportController {

  private static final MediaType TLSRPT_JSON = MediaType.valueOf("application/tlsrpt+json");

  private final ReportQueries queries;
  private final WholeReportWriter writer;
  private final ListExports exports;
  private final JsonMapper json;

  ReportController(
      ReportQueries queries, WholeReportWriter writer, ListExports exports, JsonMapper json) {
    this.queries = queries;
    this.writer = writer;
    this.exports = exports;
    this.json = json;
  }

  @GetMapping("/reports")
  @Nullable ResponseEntity<ListAnswer<ReportItem>> reports(
      HttpServletRequest request, HttpServletResponse response, Reach reach) throws IOException {
    var format = AnswerFormat.ofList(request);
    if (format != AnswerFormat.JSON) {
      exports.reports(new ListExports.Call(request, response, reach, format));
      return null;
    }
    var list = ListRequest.of(request, reach);
    var cursor = list.cursor();
    var after = cursor == null ? null : Cursor.ofReport(cursor, list.filter());
    return ListAnswer.of(queries.reports(list.filter(), after, list.limit()), list.filter());
  }

  @GetMapping("/failures")
  @Nullable ResponseEntity<ListAnswer<FailureItem>> failures(
      HttpServletRequest request, HttpServletResponse response, Reach reach) throws IOException {
    var format = AnswerFormat.ofList(request);
    if (format != AnswerFormat.JSON) {
      exports.failures(new ListExports.Call(request, response, reach, format));
      return null;
    }
    var list = ListRequest.of(request, reach);
    var cursor = list.cursor();
    var after = cursor == null ? null : Cursor.ofFailure(cursor, list.filter());
    return ListAnswer.of(queries.failures(list.filter(), after, list.limit()), list.filter());
  }

  /** All documents of a filter, for a move elsewhere. */
  @GetMapping("/archive")
  void archive(HttpServletRequest request, HttpServletResponse response, Reach reach)
      throws IOException {
    var format = AnswerFormat.ofArchive(request);
    exports.archive(new ListExports.Call(request, response, reach, format));
  }

  @GetMapping("/reports/{id}")
  void report(
      @PathVariable String id,
      Reach reach,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Parameters.of(request, Set.of());
    var report = queries.report(uuid(id), reach).orElseThrow(ReportController::unknown);
    // Failures are never changed: they are what their policies had when they came.
    if (UnchangedAnswers.isKnown(request, response, UnchangedAnswers.tag(json, report))) {
      return;
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    writer.write(report, reach, response.getOutputStream());
  }

  /** The JSON as received, byte for byte; never rendered by a browser, whatever it holds. */
  @GetMapping("/reports/{id}/raw")
  void raw(
      @PathVariable String id,
      Reach reach,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Parameters.of(request, Set.of());
    var uuid = uuid(id);
    var document = queries.document(uuid, reach).orElseThrow(() -> withoutDocument(uuid, reach));
    if (UnchangedAnswers.isKnown(request, response, "\"" + uuid + "\"")) {
      return; // the id is made of the content
    }
    response.setContentType(TLSRPT_JSON.toString());
    response.setHeader("Content-Disposition", "attachment; filename=\"" + uuid + ".json\"");
    try (var inflated = new GZIPInputStream(new ByteArrayInputStream(document))) {
      inflated.transferTo(response.getOutputStream());
    }
  }

  private ApiProblem withoutDocument(UUID id, Reach reach) {
    return queries.hasLostDocument(id, reach)
        ? ApiProblem.of(
            HttpStatus.GONE,
            "document-gone",
            "The document of this report was deleted, by retention (tlsrpt.retention.raw) or with"
                + " an erased domain. What was read from it is at /v1/reports/"
                + id
                + ".")
        : unknown();
  }

  private static UUID uuid(String id) {
    return Ids.parse(id).orElseThrow(ReportController::unknown);
  }

  private static ApiProblem unknown() {
    return ApiProblem.notFound("There is no report with this id.");
  }
}
