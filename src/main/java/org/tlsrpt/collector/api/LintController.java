package org.tlsrpt.collector.api;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.intake.Lint;
import org.tlsrpt.collector.intake.Lint.Linted;
import org.tlsrpt.collector.report.Finding;

/** A place where authors of senders can test what they send. */
@RestController
class LintController {

  private final Lint lint;

  LintController(Lint lint) {
    this.lint = lint;
  }

  /**
   * The judgement of a body.
   *
   * @param conforming whether no finding is an error
   * @param findings in the order of the document as far as possible
   */
  @Schema(name = "ReportJudgement")
  record Answer(boolean conforming, List<Item> findings) {}

  /** A {@link Finding} with its severity in lower case. */
  @Schema(name = "ReportFinding")
  record Item(String severity, String rule, String path, String message) {

    static Item of(Finding finding) {
      return new Item(
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.rule(),
          finding.path(),
          finding.message());
    }
  }

  @PostMapping("/v1/lint")
  ResponseEntity<?> lint(HttpServletRequest request) throws IOException {
    return switch (lint.lint(request)) {
      case Linted.Judged(var conforming, var findings) ->
          ResponseEntity.ok()
              .contentType(MediaType.APPLICATION_JSON)
              .body(new Answer(conforming, findings.stream().map(Item::of).toList()));
      case Linted.TooLarge() ->
          throw ApiProblem.of(
              HttpStatus.CONTENT_TOO_LARGE,
              "body-too-large",
              "The body is larger than what is taken here.");
      case Linted.Busy() ->
          throw ApiProblem.of(
              HttpStatus.TOO_MANY_REQUESTS, "flood", "Too much is asked at once; try again later.");
    };
  }
}
