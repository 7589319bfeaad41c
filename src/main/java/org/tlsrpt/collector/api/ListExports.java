package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.api.ExportAnswers.Sending;
import org.tlsrpt.collector.store.Export;
import org.tlsrpt.collector.store.Exports;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.StoredDocument;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Lists, sums and documents without pages, as CSV, NDJSON or archive. */
@Component
class ListExports {

  private static final String NDJSON = "application/x-ndjson";

  private final Exports exports;
  private final ExportAnswers answers;
  private final JsonMapper json;
  private final CsvMapper csv = new CsvMapper();

  ListExports(Exports exports, ExportAnswers answers, JsonMapper json) {
    this.exports = exports;
    this.answers = answers;
    this.json = json;
  }

  /**
   * A call for an export.
   *
   * @param format one that is no page
   */
  record Call(
      HttpServletRequest request, HttpServletResponse response, Reach reach, AnswerFormat format) {

    private Parameters parameters(String... more) {
      var names = new HashSet<>(ReportFilter.NAMES);
      names.add(AnswerFormat.NAME);
      names.addAll(Set.of(more));
      for (var name : PageParameters.NAMES) {
        if (request.getParameter(name) != null) {
          throw ApiProblem.parameter(
              name, "means nothing with format=" + format.word() + ", which gives all there is.");
        }
      }
      return Parameters.of(request, names);
    }

    private ReportFilter filter() {
      return FilterParameters.of(parameters(), reach);
    }
  }

  void reports(Call call) throws IOException {
    var filter = call.filter();
    send(call, "reports", () -> exports.reports(filter), CsvColumns.REPORTS, it -> it);
  }

  void failures(Call call) throws IOException {
    var filter = call.filter();
    send(call, "failures", () -> exports.failures(filter), CsvColumns.FAILURES, it -> it);
  }

  void domains(Call call) throws IOException {
    var filter = call.filter();
    send(call, "domains", () -> Optional.of(exports.domains(filter)), CsvColumns.DOMAINS, it -> it);
  }

  void summary(Call call) throws IOException {
    var parameters = call.parameters(SummaryParameters.BY);
    var filter = FilterParameters.of(parameters, call.reach());
    var by = SummaryParameters.withoutLimit(parameters);
    send(
        call,
        "summary",
        () -> exports.sums(filter, by),
        CsvColumns.sums(by),
        it -> SummaryAnswer.group(it, by));
  }

  /** The documents as received. */
  void archive(Call call) throws IOException {
    var filter = call.filter();
    Supplier<Optional<Export<StoredDocument>>> open = () -> exports.documents(filter);
    var sending =
        call.format() == AnswerFormat.TAR
            ? new Sending<>(open, "archive", "tar.gz", "application/gzip", false, DocumentTar::new)
            : lines(open, "archive", DocumentLine::of);
    answers.send(sending, call.request(), call.response());
  }

  private <T> void send(
      Call call,
      String name,
      Supplier<Optional<Export<T>>> open,
      CsvColumns<T> columns,
      Function<T, ?> item)
      throws IOException {
    var sending =
        call.format() == AnswerFormat.CSV ? table(open, name, columns) : lines(open, name, item);
    answers.send(sending, call.request(), call.response());
  }

  private <T> Sending<T> lines(
      Supplier<Optional<Export<T>>> open, String name, Function<T, ?> item) {
    return new Sending<>(
        open,
        name,
        "ndjson",
        NDJSON,
        true,
        out -> new ItemWriter.Json<>(out, it -> json.writeValueAsBytes(item.apply(it))));
  }

  private <T> Sending<T> table(
      Supplier<Optional<Export<T>>> open, String name, CsvColumns<T> columns) {
    var schema =
        columns.names().stream()
            .reduce(CsvSchema.builder(), CsvSchema.Builder::addColumn, (a, b) -> a)
            .setUseHeader(true)
            .setLineSeparator("\r\n")
            .build();
    var writer = csv.writer(schema).without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    return new Sending<>(
        open,
        name,
        "csv",
        "text/csv;header=present;charset=UTF-8",
        true,
        out -> new ItemWriter.Csv<>(out, writer.writeValues(out), columns.cells()));
  }
}
