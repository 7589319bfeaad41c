package org.tlsrpt.collector.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * 600 reports of many shapes, the same ones each time: twins of Microsoft's, versions of a policy
 * and no policy as Google's, MX hosts for policy domains as Postfix's, several domains in one
 * report, and what nobody should send.
 */
final class MixedReports {

  static final LocalDate FIRST_DAY = LocalDate.of(2026, 9, 1);
  static final int DAYS = 60;

  static final List<String> ORGANIZATIONS =
      List.of("Google Inc.", "Microsoft Corporation", "mx.egressif.io", "100% \\ 'Örg_'", "%");

  static final List<String> MX_HOSTS = List.of("mx1.example.com", "mx2.example.com", "mx_%.odd");

  static final List<String> ADDRESSES =
      List.of(
          "192.0.2.1",
          "192.0.2.77",
          "192.0.3.1",
          "198.51.100.9",
          "2001:db8::1",
          "2001:db8:1::1",
          "::1");

  static final List<String> RESULT_TYPES =
      List.of("starttls-not-supported", "certificate-expired", "validation-failure", "odd' --");

  static final List<String> REASONS =
      List.of("EXPIRED", "x509: unknown authority", "r".repeat(250));

  private static final List<String> MODES = List.of("enforce", "testing", "none");
  private static final JsonMapper JSON = new JsonMapper();

  /** An element of policies; mode, and members of failures, may be null. */
  record Policy(
      String type,
      String domain,
      String mode,
      long successful,
      long failed,
      List<Failure> failures) {}

  record Failure(String type, long sessions, String ip, String mx, String reason) {}

  /** As sent; organization may be null. */
  record Report(
      int number, LocalDate day, String organization, String recipient, List<Policy> policies) {

    byte[] json() {
      var report = new LinkedHashMap<String, Object>();
      report.put("organization-name", organization);
      report.put(
          "date-range",
          Map.of(
              "start-datetime", day + "T00:00:00Z",
              "end-datetime", day + "T23:59:59Z"));
      report.put("report-id", "number " + number);
      report.put("policies", policies.stream().map(MixedReports::json).toList());
      return JSON.writeValueAsBytes(report);
    }
  }

  private final Random random = new Random(8460);

  static List<Report> make() {
    var reports = new MixedReports();
    return IntStream.range(0, 600).mapToObj(reports::report).toList();
  }

  private Report report(int number) {
    var domain = "d" + random.nextInt(8) + ".example";
    return new Report(
        number,
        FIRST_DAY.plusDays(random.nextInt(DAYS)),
        random.nextInt(12) == 0 ? null : pick(ORGANIZATIONS),
        domain,
        policies(domain, random.nextInt(12)));
  }

  private List<Policy> policies(String domain, int shape) {
    return switch (shape) {
      case 0 -> List.of(); // RFC 8460 asks for policies, not for any in it
      case 1, 2, 3 -> twins(domain);
      case 4 ->
          List.of(policy("sts", domain), policy("sts", domain), policy("no-policy-found", domain));
      case 5 -> List.of(policy("tlsa", "mx1." + domain));
      case 6 ->
          List.of(policy("tlsa", "d1.example"), policy("sts", "d2.example"), policy("sts", domain));
      case 7 -> List.of(policy("something", domain), policy("tlsa", domain));
      case 8 -> List.of(policy("no-policy-found", domain));
      default -> List.of(policy("sts", domain));
    };
  }

  /** The same sessions under sts and under tlsa; in one of three they fail alike. */
  private List<Policy> twins(String domain) {
    var sts = policy("sts", domain);
    var alike = random.nextInt(3) == 0;
    var tlsa =
        alike
            ? new Policy("tlsa", domain, null, sts.successful(), sts.failed(), sts.failures())
            : policy("tlsa", domain);
    return List.of(sts, tlsa);
  }

  private Policy policy(String type, String domain) {
    var failures = new ArrayList<Failure>();
    for (var i = random.nextInt(5) - 2; i > 0; i--) {
      failures.add(failure());
    }
    return new Policy(
        type,
        domain,
        type.equals("sts") && random.nextInt(6) > 0 ? pick(MODES) : null,
        random.nextInt(20),
        failures.stream().mapToLong(Failure::sessions).sum(),
        failures);
  }

  private Failure failure() {
    return new Failure(
        pick(RESULT_TYPES),
        random.nextInt(9),
        random.nextInt(4) == 0 ? null : pick(ADDRESSES),
        random.nextInt(4) == 0 ? null : pick(MX_HOSTS),
        random.nextInt(4) == 0 ? null : pick(REASONS));
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static Map<String, Object> json(Policy policy) {
    var described = new LinkedHashMap<String, Object>();
    described.put("policy-type", policy.type());
    described.put(
        "policy-string",
        policy.mode() == null ? List.of() : List.of("version: STSv1", "mode: " + policy.mode()));
    described.put("policy-domain", policy.domain());
    var members = new LinkedHashMap<String, Object>();
    members.put("policy", described);
    members.put(
        "summary",
        Map.of(
            "total-successful-session-count", policy.successful(),
            "total-failure-session-count", policy.failed()));
    members.put("failure-details", policy.failures().stream().map(MixedReports::json).toList());
    return members;
  }

  private static Map<String, Object> json(Failure failure) {
    var members = new LinkedHashMap<String, Object>();
    members.put("result-type", failure.type());
    members.put("failed-session-count", failure.sessions());
    members.put("sending-mta-ip", failure.ip());
    members.put("receiving-mx-hostname", failure.mx());
    members.put("failure-reason-code", failure.reason());
    return members;
  }
}
