package org.tlsrpt.collector.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.intake.IntakeProperties.WhenUnavailable;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.report.Note;

/**
 * The HTTP of the intake (RFC 8460 §5.4): outcomes turned into answers, here and nowhere else.
 * Nearly all deliveries come by {@link ShortWay}, before the servlet that maps requests to
 * controllers.
 */
@RestController
@RequestMapping({
  "/v1/tlsrpt",
  "/v1/tlsrpt/",
  "/v1/tlsrpt/{recipientDomain}",
  "/v1/tlsrpt/{recipientDomain}/"
})
class TlsRptController {

  private static final String HUMAN_WORDS =
      """
      Mail servers deliver SMTP TLS reports (RFC 8460) here, by POST.
      To have them sent: publish _smtp._tls.<your domain> TXT "v=TLSRPTv1; rua=<this address>".
      """;

  private final HttpDoor door;
  private final WhenUnavailable whenUnavailable;

  TlsRptController(HttpDoor door, IntakeProperties properties) {
    this.door = door;
    this.whenUnavailable = properties.whenUnavailable();
  }

  /**
   * What a sender gets to read.
   *
   * @param id made of the content
   * @param status {@code stored} or {@code duplicate}
   * @param notes what was put right
   */
  record Receipt(UUID id, String status, List<Note> notes) {}

  /**
   * The same for a report that waits for the database, and is not known in full yet.
   *
   * @param id it will have
   * @param status {@code spooled}
   */
  record SpoolReceipt(UUID id, String status) {}

  /**
   * What a probe gets to read; whoever sent it knows by the nonce that it arrived here.
   *
   * @param status {@code probe}
   * @param nonce as sent
   */
  record ProbeReceipt(String status, String nonce) {}

  @PostMapping
  @Nullable ResponseEntity<?> post(
      @PathVariable(required = false) @Nullable String recipientDomain,
      HttpServletRequest request) {
    return switch (door.take(recipientDomain, request)) {
      case Outcome.Stored(var id, var notes) ->
          json(ResponseEntity.created(URI.create("/v1/reports/" + id)))
              .body(new Receipt(id, "stored", notes));
      case Outcome.Duplicate(var id, var notes) ->
          json(ResponseEntity.ok()).body(new Receipt(id, "duplicate", notes));
      case Outcome.Spooled(var id) ->
          json(ResponseEntity.accepted()).body(new SpoolReceipt(id, "spooled"));
      case Outcome.Quarantined(var reason, var detail, var id) -> quarantined(reason, detail, id);
      case Outcome.Refused(var reason, var detail) ->
          answer(statusOf(reason), problem(statusOf(reason), word(reason), detail));
      case Outcome.Probed(var nonce) ->
          json(ResponseEntity.ok()).body(new ProbeReceipt("probe", nonce));
      case Outcome.Flooded() ->
          notTaken(
              request,
              HttpStatus.TOO_MANY_REQUESTS,
              "flood",
              "Too many deliveries from this address; please deliver the report again later.");
      case Outcome.Unavailable unavailable ->
          notTaken(
              request,
              HttpStatus.SERVICE_UNAVAILABLE,
              "unavailable",
              "Nothing can be kept just now; please deliver the report again later.");
      case Outcome.Aborted() -> drop(request);
    };
  }

  @GetMapping
  ResponseEntity<String> explain() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(HUMAN_WORDS);
  }

  @RequestMapping(
      method = {
        RequestMethod.PUT,
        RequestMethod.PATCH,
        RequestMethod.DELETE,
        RequestMethod.OPTIONS
      })
  ResponseEntity<ProblemDetail> refuseMethod() {
    var status = HttpStatus.METHOD_NOT_ALLOWED;
    return ResponseEntity.status(status)
        .header(HttpHeaders.ALLOW, "GET, HEAD, POST")
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem(status, "method", "Reports are delivered here by POST."));
  }

  private static HttpStatus statusOf(Reason reason) {
    return switch (reason) {
      case EMPTY, UNKNOWN_FORMAT, UNREADABLE -> HttpStatus.BAD_REQUEST;
      case NOT_A_REPORT -> HttpStatus.UNPROCESSABLE_CONTENT;
      case BODY_TOO_LARGE, REPORT_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case NOT_SERVED -> HttpStatus.NOT_FOUND;
      case REFUSED_BY_DATABASE -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ResponseEntity<ProblemDetail> quarantined(Reason reason, String detail, UUID id) {
    var problem = problem(statusOf(reason), word(reason), detail);
    problem.setProperty("quarantineId", id);
    return answer(statusOf(reason), problem);
  }

  private @Nullable ResponseEntity<ProblemDetail> notTaken(
      HttpServletRequest request, HttpStatus status, String type, String detail) {
    if (whenUnavailable == WhenUnavailable.CLOSE) {
      return drop(request);
    }
    return ResponseEntity.status(status)
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds()))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem(status, type, detail));
  }

  private static @Nullable ResponseEntity<ProblemDetail> drop(HttpServletRequest request) {
    DroppedConnections.drop(request);
    return null;
  }

  /** Spread out, so that those turned away together do not come back together. */
  private static int retryAfterSeconds() {
    return ThreadLocalRandom.current().nextInt(30, 91);
  }

  private static ResponseEntity.BodyBuilder json(ResponseEntity.BodyBuilder answer) {
    return answer.contentType(MediaType.APPLICATION_JSON);
  }

  private static ResponseEntity<ProblemDetail> answer(HttpStatus status, ProblemDetail problem) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static ProblemDetail problem(HttpStatus status, String type, String detail) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:tlsrpt-collector:problem:" + type));
    return problem;
  }
}
