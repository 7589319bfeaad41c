package org.tlsrpt.collector.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.tlsrpt.collector.intake.BodyReader.Body;
import org.tlsrpt.collector.intake.IntakeProperties.WhenUnavailable;
import org.tlsrpt.collector.intake.Sources.Admission;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.store.NewReport.Source;

/** The HTTP of the intake (RFC 8460 §5.4) and nothing else of it. */
@RestController
@RequestMapping({
  "/v1/tlsrpt",
  "/v1/tlsrpt/",
  "/v1/tlsrpt/{recipientDomain}",
  "/v1/tlsrpt/{recipientDomain}/"
})
class TlsRptController {

  private static final Logger log = LoggerFactory.getLogger(TlsRptController.class);

  private static final String HUMAN_WORDS =
      """
      Mail servers deliver SMTP TLS reports (RFC 8460) here, by POST.
      To have them sent: publish _smtp._tls.<your domain> TXT "v=TLSRPTv1; rua=<this address>".
      """;

  private static final int LONGEST_HEADER = 1_000;

  private final Intake intake;
  private final IntakeProperties properties;
  private final Sources sources;
  private final BodyReader bodies;
  private final Clock clock;

  TlsRptController(Intake intake, IntakeProperties properties, Sources sources, Clock clock) {
    this.intake = intake;
    this.sources = sources;
    this.properties = properties;
    this.clock = clock;
    var limit = properties.maxBodySize().toBytes();
    this.bodies =
        new BodyReader(
            limit,
            properties.bodyTimeout(),
            MemoryBudget.ofHeap(8, 2 * limit, Duration.ofSeconds(2)));
  }

  /**
   * What a sender gets to read.
   *
   * @param id made of the content
   * @param status {@code stored} or {@code duplicate}
   * @param notes what was put right
   */
  record Receipt(UUID id, String status, List<Note> notes) {}

  @PostMapping
  @Nullable ResponseEntity<?> post(
      @PathVariable(required = false) @Nullable String recipientDomain, HttpServletRequest request)
      throws IOException {
    var domain = recipientDomain == null ? null : RecipientDomain.normalize(recipientDomain);
    if (recipientDomain != null && (domain == null || !properties.serves(domain))) {
      return notServed(domain == null);
    }
    try (var admission = sources.admit(request.getRemoteAddr())) {
      return admission == null ? flooded(request) : take(request, domain, admission);
    }
  }

  private @Nullable ResponseEntity<?> take(
      HttpServletRequest request, @Nullable String domain, Admission admission) throws IOException {
    var waitsForGo = request.getHeader(HttpHeaders.EXPECT) != null;
    var body = bodies.read(request.getInputStream(), request.getContentLengthLong(), waitsForGo);
    return switch (body) {
      case Body.TooLarge() ->
          problem(
              HttpStatus.CONTENT_TOO_LARGE,
              "body-too-large",
              "The body is larger than the " + properties.maxBodySize() + " taken here.");
      case Body.TooSlow() -> unavailable(request, "the body did not arrive in time");
      case Body.NoRoom() -> unavailable(request, "other large deliveries hold the memory");
      case Body.Whole whole -> {
        try (whole) {
          var outcome = intake.accept(delivery(whole.bytes(), domain, request));
          if (outcome instanceof Outcome.Refused) {
            admission.chargeRefusal();
          }
          yield answer(request, outcome);
        }
      }
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
    return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
        .header(HttpHeaders.ALLOW, "GET, HEAD, POST")
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            detail(HttpStatus.METHOD_NOT_ALLOWED, "method", "Reports are delivered here by POST."));
  }

  private Delivery delivery(byte[] body, @Nullable String domain, HttpServletRequest request) {
    var source =
        new Source(
            "https",
            request.getRemoteAddr(),
            bounded(request.getHeader(HttpHeaders.USER_AGENT)),
            clock.instant());
    var headers =
        new Delivery.Headers(
            bounded(request.getHeader(HttpHeaders.CONTENT_TYPE)),
            bounded(request.getHeader(HttpHeaders.CONTENT_ENCODING)));
    return new Delivery(body, source, headers, domain);
  }

  private static @Nullable String bounded(@Nullable String header) {
    return header == null || header.length() <= LONGEST_HEADER
        ? header
        : header.substring(0, LONGEST_HEADER);
  }

  private @Nullable ResponseEntity<?> answer(HttpServletRequest request, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored(var id, var notes) ->
          ResponseEntity.created(URI.create("/v1/reports/" + id))
              .contentType(MediaType.APPLICATION_JSON)
              .body(new Receipt(id, "stored", notes));
      case Outcome.Duplicate(var id, var notes) ->
          ResponseEntity.ok()
              .contentType(MediaType.APPLICATION_JSON)
              .body(new Receipt(id, "duplicate", notes));
      case Outcome.Refused(var reason, var detail) -> refused(reason, detail);
      case Outcome.Unavailable(var detail) -> unavailable(request, detail);
    };
  }

  private static ResponseEntity<ProblemDetail> refused(Outcome.Reason reason, String detail) {
    return switch (reason) {
      case EMPTY -> problem(HttpStatus.BAD_REQUEST, "empty", detail);
      case UNKNOWN_FORMAT -> problem(HttpStatus.BAD_REQUEST, "unknown-format", detail);
      case UNREADABLE -> problem(HttpStatus.BAD_REQUEST, "unreadable", detail);
      case NOT_A_REPORT -> problem(HttpStatus.UNPROCESSABLE_CONTENT, "not-a-report", detail);
      case TOO_LARGE -> problem(HttpStatus.CONTENT_TOO_LARGE, "report-too-large", detail);
    };
  }

  private static ResponseEntity<ProblemDetail> notServed(boolean noDomain) {
    return problem(
        HttpStatus.NOT_FOUND,
        "domain-not-served",
        noDomain
            ? "The last part of the path is not a domain name."
            : "Reports for this domain are not taken here.");
  }

  private @Nullable ResponseEntity<ProblemDetail> unavailable(
      HttpServletRequest request, String detail) {
    log.warn("A delivery from {} was not taken: {}", request.getRemoteAddr(), detail);
    return notTaken(
        request,
        HttpStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        "Nothing can be kept just now; please deliver the report again later.");
  }

  private @Nullable ResponseEntity<ProblemDetail> flooded(HttpServletRequest request) {
    return notTaken(
        request,
        HttpStatus.TOO_MANY_REQUESTS,
        "flood",
        "Too many deliveries from this address; please deliver the report again later.");
  }

  private @Nullable ResponseEntity<ProblemDetail> notTaken(
      HttpServletRequest request, HttpStatus status, String type, String detail) {
    if (properties.whenUnavailable() == WhenUnavailable.CLOSE) {
      DroppedConnections.drop(request);
      return null;
    }
    return ResponseEntity.status(status)
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds()))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail(status, type, detail));
  }

  /** Spread out, so that those turned away together do not come back together. */
  private static int retryAfterSeconds() {
    return ThreadLocalRandom.current().nextInt(30, 91);
  }

  private static ResponseEntity<ProblemDetail> problem(
      HttpStatus status, String type, String detail) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail(status, type, detail));
  }

  private static ProblemDetail detail(HttpStatus status, String type, String detail) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:tlsrpt-collector:problem:" + type));
    return problem;
  }
}
