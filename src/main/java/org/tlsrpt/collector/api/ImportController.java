package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.intake.ImportListener;
import org.tlsrpt.collector.intake.ImportResult;
import org.tlsrpt.collector.intake.Importer;

/** Takes an archive of documents, read while it comes. */
@RestController
@RequestMapping(path = "/v1/import")
class ImportController {

  private static final Logger log = LoggerFactory.getLogger(ImportController.class);

  private static final String RECIPIENT = "recipientDomain";

  private final Importer importer;
  private final Semaphore turn = new Semaphore(1);

  ImportController(Importer importer) {
    this.importer = importer;
  }

  /**
   * What became of an archive.
   *
   * @param stored reports now
   * @param duplicates of reports stored before
   * @param quarantined kept, but not read
   * @param refused not kept
   * @param failures the first of those two, and why
   */
  record Answer(
      long stored, long duplicates, long quarantined, long refused, List<NotStored> failures) {

    static Answer of(ImportResult result) {
      var counts = result.counts();
      return new Answer(
          counts.stored(),
          counts.duplicates(),
          counts.quarantined(),
          counts.refused(),
          result.failures().stream().map(it -> new NotStored(it.name(), it.reason())).toList());
    }
  }

  /**
   * A document that was not stored.
   *
   * @param name where it was found
   * @param reason one sentence
   */
  record NotStored(String name, String reason) {}

  @PostMapping
  ResponseEntity<Answer> take(HttpServletRequest request) throws IOException {
    var domain = recipientDomain(Parameters.ofQuery(request, Set.of(RECIPIENT)));
    if (!turn.tryAcquire()) {
      throw ApiProblem.of(
          HttpStatus.CONFLICT,
          "import-running",
          "Another import runs; this one can begin when that is done.");
    }
    try {
      var result = importer.stream(request.getInputStream(), "body", domain, ImportListener.SILENT);
      log.info("An import ended: {}", result.counts());
      return answer(result);
    } finally {
      turn.release();
    }
  }

  private static @Nullable String recipientDomain(Parameters parameters) {
    var domain = parameters.one(RECIPIENT);
    if (domain != null && !Importer.isDomain(domain)) {
      throw ApiProblem.parameter(RECIPIENT, "must be a domain name, as example.com.");
    }
    return domain;
  }

  private static ResponseEntity<Answer> answer(ImportResult result) {
    var stopped = result.stopped();
    if (stopped != null) {
      log.warn("An import ended early: {}", stopped);
      var problem =
          ApiProblem.unavailable(
              "The import ended early, as the database could not take it; the same archive again"
                  + " goes on, since what is stored is not stored twice.");
      problem.getBody().setProperty("import", Answer.of(result));
      throw problem;
    }
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Answer.of(result));
  }
}
