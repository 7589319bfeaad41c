package org.tlsrpt.collector.api;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.dnsrecord.CollectorRecord;
import org.tlsrpt.collector.dnsrecord.Finding;
import org.tlsrpt.collector.dnsrecord.Generated;
import org.tlsrpt.collector.dnsrecord.PublicUrl;
import org.tlsrpt.collector.dnsrecord.RecordFormat;
import org.tlsrpt.collector.dnsrecord.RecordGenerator;

/** The record that asks for reports (RFC 8460 §3), by default to be sent here. */
@RestController
class RecordController {

  private static final Set<String> PARAMETERS = Set.of("domain", "rua", "ttl", "format");
  private static final int TTL = 3_600;
  private static final MediaType PLAIN_UTF8 =
      new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  private final PublicUrl publicUrl;

  RecordController(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  /**
   * A record as JSON.
   *
   * @param name absolute owner name
   * @param type always {@code TXT}
   * @param ttl seconds
   * @param value the whole text
   * @param strings the same in pieces of at most 255 octets
   * @param zone line for a zone file
   * @param notes what the operator should know
   */
  @Schema(name = "Record")
  record Answer(
      String name,
      String type,
      int ttl,
      String value,
      List<String> strings,
      String zone,
      List<FindingItem> notes) {

    static Answer of(Generated.Record record) {
      return new Answer(
          record.name(),
          "TXT",
          record.ttl(),
          record.value(),
          record.strings(),
          RecordFormat.ZONE.render(record),
          record.notes().stream().map(FindingItem::of).toList());
    }
  }

  /** A {@link Finding} with its severity in lower case. */
  @Schema(name = "RecordFinding")
  record FindingItem(String severity, String rule, String path, String message) {

    static FindingItem of(Finding finding) {
      return new FindingItem(
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.rule(),
          finding.path(),
          finding.message());
    }
  }

  @GetMapping("/v1/record")
  ResponseEntity<?> record(HttpServletRequest request) {
    var parameters = Parameters.of(request, PARAMETERS);
    var format = format(parameters.one("format"));
    var domain = parameters.verbatim("domain");
    if (domain.size() != 1) {
      throw ApiProblem.unacceptable("domain", "Name one domain: ?domain=example.com");
    }
    var ttl = parameters.number("ttl", TTL, 0, RecordGenerator.LONGEST_TTL);
    var record = accepted(generate(domain.getFirst(), parameters.verbatim("rua"), ttl));
    return format == null
        ? ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Answer.of(record))
        : ResponseEntity.ok().contentType(PLAIN_UTF8).body(format.render(record) + "\n");
  }

  private Generated generate(String domain, List<String> rua, int ttl) {
    return rua.isEmpty()
        ? CollectorRecord.generate(domain, publicUrl, ttl)
        : RecordGenerator.generate(domain, rua, ttl);
  }

  private static Generated.Record accepted(Generated generated) {
    return switch (generated) {
      case Generated.Record record -> record;
      case Generated.Refused(var field, var offending, var reason) ->
          throw ApiProblem.unacceptable(
              field, offending.isEmpty() ? reason : reason + " Given: " + offending);
    };
  }

  private static @Nullable RecordFormat format(@Nullable String name) {
    if (name == null || "json".equals(name)) {
      return null;
    }
    return RecordFormat.parse(name)
        .orElseThrow(
            () ->
                ApiProblem.parameter(
                    "format",
                    "must be one of json, "
                        + Stream.of(RecordFormat.values())
                            .map(RecordFormat::word)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
