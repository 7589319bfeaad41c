package org.tlsrpt.collector.api;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.report.Domains;
import org.tlsrpt.collector.store.Erasure;
import org.tlsrpt.collector.store.Erasures;

/** Erasing all about one domain or one organization; it goes on in the background. */
@RestController
class ErasureController {

  private static final int MOST = 100;
  private static final String DOMAIN = "domain";
  private static final String ORGANIZATION = "organization";

  private final Erasures erasures;

  ErasureController(Erasures erasures) {
    this.erasures = erasures;
  }

  /**
   * How far an erasure is.
   *
   * @param id to ask by
   * @param kind {@code domain} or {@code organization}
   * @param name of it
   * @param state {@code running}, also while it waits for its turn, or {@code done}
   * @param requestedAt when it was asked for
   * @param doneAt when all was deleted
   * @param reports deleted so far, one per report and policy domain
   * @param policies deleted so far
   * @param failures deleted so far
   * @param documents deleted so far, also those of reports that stay in part
   */
  @Schema(name = "Erasure")
  record Progress(
      UUID id,
      String kind,
      String name,
      String state,
      Instant requestedAt,
      @Nullable Instant doneAt,
      long reports,
      long policies,
      long failures,
      long documents) {

    static Progress of(Erasure erasure) {
      var removed = erasure.removed();
      return new Progress(
          erasure.id(),
          erasure.kind().name().toLowerCase(Locale.ROOT),
          erasure.name(),
          erasure.doneAt() == null ? "running" : "done",
          erasure.requestedAt(),
          erasure.doneAt(),
          removed.reports(),
          removed.policies(),
          removed.failures(),
          removed.documents());
    }
  }

  @DeleteMapping("/v1/domains/{domain}")
  ResponseEntity<Progress> domain(@PathVariable String domain, HttpServletRequest request) {
    Parameters.of(request, Set.of());
    return begun(erasures.domain(Domains.asStored(checked(DOMAIN, domain))));
  }

  @DeleteMapping("/v1/organizations/{organization}")
  ResponseEntity<Progress> organization(
      @PathVariable String organization, HttpServletRequest request) {
    Parameters.of(request, Set.of());
    return begun(erasures.organization(checked(ORGANIZATION, organization).strip()));
  }

  /** For names that no path can carry, as {@code A/B}. */
  @DeleteMapping("/v1/domains")
  ResponseEntity<Progress> domain(HttpServletRequest request) {
    return begun(erasures.domain(Domains.asStored(named(DOMAIN, request))));
  }

  /** For names that no path can carry, as {@code A/B}. */
  @DeleteMapping("/v1/organizations")
  ResponseEntity<Progress> organization(HttpServletRequest request) {
    return begun(erasures.organization(named(ORGANIZATION, request).strip()));
  }

  @GetMapping("/v1/erasures")
  ResponseEntity<ListAnswer<Progress>> list(HttpServletRequest request) {
    Parameters.of(request, Set.of());
    var items = erasures.newest(MOST).stream().map(Progress::of).toList();
    return ListAnswer.of(items, null);
  }

  @GetMapping("/v1/erasures/{id}")
  ResponseEntity<Progress> progress(@PathVariable String id, HttpServletRequest request) {
    Parameters.of(request, Set.of());
    var erasure = Ids.parse(id).flatMap(erasures::find).orElseThrow(ErasureController::unknown);
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Progress.of(erasure));
  }

  private static ResponseEntity<Progress> begun(Erasure erasure) {
    return ResponseEntity.accepted()
        .location(URI.create("/v1/erasures/" + erasure.id()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Progress.of(erasure));
  }

  private static String named(String parameter, HttpServletRequest request) {
    var name = Parameters.of(request, Set.of(parameter)).one(parameter);
    if (name == null) {
      throw ApiProblem.parameter(parameter, "must name what is to be erased.");
    }
    return name;
  }

  private static String checked(String name, String value) {
    Parameters.check(name, value);
    return value;
  }

  private static ApiProblem unknown() {
    return ApiProblem.notFound("There is no erasure with this id, or it was done a month ago.");
  }
}
