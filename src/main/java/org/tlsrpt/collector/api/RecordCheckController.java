package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.dnsrecord.CheckAnswer;
import org.tlsrpt.collector.dnsrecord.CheckPart;
import org.tlsrpt.collector.dnsrecord.RecordCheck;

/**
 * The record of a domain as it stands in DNS. A GET although requests go out: they change nothing
 * anywhere, and probes go to this collector alone, which keeps nothing of them.
 */
@RestController
class RecordCheckController {

  private static final Set<String> PARAMETERS = Set.of("domain", "mx", "probe");

  private final RecordCheck check;

  RecordCheckController(RecordCheck check) {
    this.check = check;
  }

  @GetMapping("/v1/record/check")
  ResponseEntity<RecordCheckAnswer> check(HttpServletRequest request) {
    var parameters = Parameters.of(request, PARAMETERS);
    var domain = parameters.verbatim("domain");
    if (domain.size() != 1) {
      throw ApiProblem.unacceptable("domain", "Name one domain: ?domain=example.com");
    }
    var answer = check.check(domain.getFirst(), parts(parameters));
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(accepted(answer));
  }

  private static Set<CheckPart> parts(Parameters parameters) {
    var parts = EnumSet.noneOf(CheckPart.class);
    if (parameters.yes("mx", false)) {
      parts.add(CheckPart.MX_HOSTS);
    }
    if (parameters.yes("probe", true)) {
      parts.add(CheckPart.PROBE);
    }
    return parts;
  }

  private static RecordCheckAnswer accepted(CheckAnswer answer) {
    return switch (answer) {
      case CheckAnswer.Checked checked -> RecordCheckAnswer.of(checked);
      case CheckAnswer.Refused(var offending, var reason) ->
          throw ApiProblem.unacceptable(
              "domain", offending.isEmpty() ? reason : reason + " Given: " + offending);
      case CheckAnswer.Busy() ->
          throw ApiProblem.unavailable("Too many checks are under way; try again in some seconds.");
      case CheckAnswer.SwitchedOff() ->
          throw ApiProblem.of(
              HttpStatus.FORBIDDEN,
              "switched-off",
              "Look-ups are switched off here: tlsrpt.check.outgoing does not list dns.");
    };
  }
}
