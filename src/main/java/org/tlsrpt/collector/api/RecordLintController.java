package org.tlsrpt.collector.api;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.api.RecordController.FindingItem;
import org.tlsrpt.collector.dnsrecord.RecordLint;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges the TXT records of a name as senders do. */
@RestController
class RecordLintController {

  /** A DNS answer holds 64 kB; more than this is no text anybody pasted. */
  private static final int LARGEST = 2 * 1024 * 1024;

  /**
   * Without the table of member names that all parsers of a factory share: a stranger could fill it
   * with names that collide, and nobody could be answered any more.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .build())
          .build();

  /**
   * The judgement.
   *
   * @param valid whether senders find one record and a destination they can use
   * @param record the one they take
   * @param rua its destinations
   * @param extensions fields RFC 8460 does not know
   * @param findings in the order of the text
   */
  @Schema(name = "RecordJudgement")
  record Answer(
      boolean valid,
      @Nullable String record,
      List<String> rua,
      Map<String, String> extensions,
      List<FindingItem> findings) {}

  @PostMapping("/v1/record/lint")
  ResponseEntity<Answer> lint(HttpServletRequest request) throws IOException {
    var body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw ApiProblem.of(
          HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "The body is larger than 2 MB.");
    }
    var result = RecordLint.lint(records(body));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(
            new Answer(
                result.valid(),
                result.record(),
                result.rua(),
                result.extensions(),
                result.findings().stream().map(FindingItem::of).toList()));
  }

  private static List<String> records(byte[] body) {
    var records = new ArrayList<String>();
    for (var record : array(body)) {
      if (!record.isString()) {
        throw shape();
      }
      records.add(record.asString());
    }
    return records;
  }

  private static JsonNode array(byte[] body) {
    try {
      var document = JSON.readTree(body);
      if (document.isObject() && document.path("records").isArray()) {
        return document.path("records");
      }
    } catch (JacksonException e) {
      // answered below, like JSON of another shape
    }
    throw shape();
  }

  private static ApiProblem shape() {
    return ApiProblem.unacceptable(
        "records", "The body must be JSON like {\"records\":[\"v=TLSRPTv1; rua=…\"]}.");
  }
}
