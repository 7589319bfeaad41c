package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.DroppedConnections;
import org.tlsrpt.collector.store.Export;
import org.tlsrpt.collector.store.SqlFailures;

/**
 * Sends exports while they come from the database. What goes wrong before the first byte is a
 * problem document; later the connection breaks off, so that no client takes a part for the whole.
 */
@Component
class ExportAnswers {

  private static final Logger log = LoggerFactory.getLogger(ExportAnswers.class);

  private static final int BUFFER = 32 * 1024;

  private final Clock clock;

  ExportAnswers(Clock clock) {
    this.clock = clock;
  }

  /**
   * What is sent and how.
   *
   * @param open begins the query; nothing if too many run
   * @param name of the file, without date and ending
   * @param ending of the file
   * @param type media type
   * @param compressible whether gzip makes it smaller
   */
  record Sending<T>(
      Supplier<Optional<Export<T>>> open,
      String name,
      String ending,
      String type,
      boolean compressible,
      ItemWriter.Factory<T> writer) {}

  /** Sends all of it, or breaks off. */
  <T> void send(Sending<T> sending, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      head(sending, response);
      return;
    }
    try (var export = sending.open().get().orElseThrow(ExportAnswers::tooMany)) {
      var first = export.next();
      head(sending, response);
      var stream = ExportStream.open(request, response, sending.compressible());
      try {
        write(first, export, sending.writer().on(new BufferedOutputStream(stream, BUFFER)));
      } catch (IOException | RuntimeException e) {
        breakOff(sending.name(), stream, e);
        DroppedConnections.drop(request);
      }
    }
  }

  private <T> void head(Sending<T> sending, HttpServletResponse response) {
    var day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    response.setContentType(sending.type());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"" + sending.name() + "-" + day + "." + sending.ending() + "\"");
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }

  /** The first items go out at once: whoever waits sees that something comes. */
  private static <T> void write(List<T> first, Export<T> export, ItemWriter<T> writer)
      throws IOException {
    for (var item : first) {
      writer.write(item);
    }
    writer.flush();
    var items = first;
    while (!items.isEmpty()) {
      items = export.next();
      for (var item : items) {
        writer.write(item);
      }
    }
    writer.finish();
  }

  private static void breakOff(String name, ExportStream stream, Exception e) {
    if (stream.isAbandoned()) {
      log.info("An export of {} ended, as its client went away", name);
    } else if (SqlFailures.tookTooLong(e)) {
      log.warn("An export of {} was broken off: it took too long (tlsrpt.export)", name);
    } else if (SqlFailures.passes(e)) {
      log.warn("An export of {} was broken off: the database went away", name);
    } else {
      log.error("An export of {} was broken off", name, e);
    }
  }

  private static ApiProblem tooMany() {
    return ApiProblem.unavailable(
        "As many exports as may run at once do so already; try again when one is done.");
  }
}
