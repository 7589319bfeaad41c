package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.store.DomainItem;
import org.tlsrpt.collector.store.DomainQueries;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.SummaryQueries;

/** Sums of sessions and reports, and the domains they are about. */
@RestController
@RequestMapping(path = "/v1")
class SummaryController {

  private static final Set<String> SUMMARY_PARAMETERS = summaryParameters();

  private final SummaryQueries summaries;
  private final DomainQueries domains;
  private final ListExports exports;

  SummaryController(SummaryQueries summaries, DomainQueries domains, ListExports exports) {
    this.summaries = summaries;
    this.domains = domains;
    this.exports = exports;
  }

  private static Set<String> summaryParameters() {
    var names = new HashSet<>(ReportFilter.NAMES);
    names.addAll(List.of(SummaryParameters.BY, "limit", AnswerFormat.NAME));
    return names;
  }

  @GetMapping("/summary")
  @Nullable ResponseEntity<SummaryAnswer> summary(
      HttpServletRequest request, HttpServletResponse response, Reach reach) throws IOException {
    var format = AnswerFormat.ofList(request);
    if (format != AnswerFormat.JSON) {
      exports.summary(new ListExports.Call(request, response, reach, format));
      return null;
    }
    var parameters = Parameters.of(request, SUMMARY_PARAMETERS);
    var filter = FilterParameters.of(parameters, reach);
    var asked = SummaryParameters.of(parameters);
    var summary = summaries.sum(filter, asked.by(), asked.limit());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(SummaryAnswer.of(summary, asked.by()));
  }

  @GetMapping("/domains")
  @Nullable ResponseEntity<ListAnswer<DomainItem>> domains(
      HttpServletRequest request, HttpServletResponse response, Reach reach) throws IOException {
    var format = AnswerFormat.ofList(request);
    if (format != AnswerFormat.JSON) {
      exports.domains(new ListExports.Call(request, response, reach, format));
      return null;
    }
    var list = ListRequest.of(request, reach);
    var cursor = list.cursor();
    var after = cursor == null ? null : Cursor.ofDomain(cursor, list.filter());
    var page = domains.domains(list.filter(), after, list.limit());
    var last = page.last();
    return ListAnswer.of(page.items(), last == null ? null : Cursor.of(last, list.filter()));
  }
}
