package org.tlsrpt.collector.api;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportQueries;
import org.tlsrpt.collector.store.WholeReport;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a report with all its failures, of which there may be 200,000, while they come from the
 * database: none of them waits in memory for the others.
 */
@Component
class WholeReportWriter {

  private final ReportQueries queries;
  private final JsonMapper json;

  WholeReportWriter(ReportQueries queries, JsonMapper json) {
    this.queries = queries;
    this.json = json;
  }

  void write(WholeReport report, Reach reach, OutputStream out) {
    try (var generator = json.createGenerator(out)) {
      generator.writeStartObject();
      generator.writePOJOProperty("id", report.id());
      generator.writePOJOProperty("domains", report.domains());
      text(generator, "organization", report.organization());
      text(generator, "contact", report.contact());
      text(generator, "reportId", report.reportId());
      generator.writePOJOProperty("start", report.start());
      generator.writePOJOProperty("end", report.end());
      generator.writePOJOProperty("receivedAt", report.receivedAt());
      text(generator, "recipientDomain", report.recipientDomain());
      generator.writeNumberProperty("successful", report.successful());
      generator.writeNumberProperty("failed", report.failed());
      generator.writePOJOProperty("source", report.source());
      generator.writePOJOProperty("notes", report.notes());
      generator.writeName("policies");
      generator.writeStartArray();
      new Policies(report, generator).write(reach);
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }

  private static void text(JsonGenerator generator, String name, @Nullable String value) {
    generator.writeName(name);
    generator.writeString(value);
  }

  /** Both policies and failures come ordered by the policy's place: one walk over both. */
  private final class Policies {

    private final WholeReport report;
    private final JsonGenerator generator;
    private int open = -1;

    Policies(WholeReport report, JsonGenerator generator) {
      this.report = report;
      this.generator = generator;
    }

    void write(Reach reach) {
      queries.eachFailure(report.id(), reach, this::failure);
      openUpTo(report.policies().size() - 1);
      close();
    }

    private void failure(WholeReport.Failure failure) {
      while (report.policies().get(Math.max(open, 0)).n() != failure.n() || open < 0) {
        openUpTo(open + 1);
      }
      generator.writeStartObject();
      text(generator, "resultType", failure.resultType());
      generator.writeNumberProperty("sessions", failure.sessions());
      text(generator, "sendingMtaIp", failure.sendingMtaIp());
      text(generator, "receivingMx", failure.receivingMx());
      text(generator, "receivingMxHelo", failure.receivingMxHelo());
      text(generator, "receivingIp", failure.receivingIp());
      text(generator, "additionalInformation", failure.additionalInformation());
      text(generator, "reasonCode", failure.reasonCode());
      generator.writeEndObject();
    }

    private void openUpTo(int index) {
      while (open < index) {
        close();
        open++;
        var policy = report.policies().get(open);
        generator.writeStartObject();
        text(generator, "type", policy.type());
        text(generator, "domain", policy.domain());
        text(generator, "mode", policy.mode());
        generator.writePOJOProperty("strings", policy.strings());
        generator.writePOJOProperty("mxHosts", policy.mxHosts());
        generator.writeNumberProperty("successful", policy.successful());
        generator.writeNumberProperty("failed", policy.failed());
        generator.writeName("failures");
        generator.writeStartArray();
      }
    }

    private void close() {
      if (open >= 0) {
        generator.writeEndArray();
        generator.writeEndObject();
      }
    }
  }
}
