package org.tlsrpt.collector.api;

import java.net.InetAddress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.tlsrpt.collector.api.MixedReports.Failure;
import org.tlsrpt.collector.api.MixedReports.Policy;
import org.tlsrpt.collector.api.MixedReports.Report;

/** What calls should answer about some reports: a second opinion, over lists in memory. */
final class ExpectedAnswers {

  /** A report and one of its policy domains. */
  record Row(String id, Report report, String domain) {

    List<Numbered> policies() {
      var policies = new ArrayList<Numbered>();
      for (var n = 0; n < report.policies().size(); n++) {
        if (report.policies().get(n).domain().equals(domain)) {
          policies.add(new Numbered(n, report.policies().get(n)));
        }
      }
      return policies;
    }
  }

  record Numbered(int n, Policy policy) {}

  /** A row of the list of failures. */
  record Found(Row row, Numbered policy, int m, Failure failure) {}

  /** What a filter asks, by the names of its parameters. */
  record Question(Map<String, List<String>> parameters, Set<String> reach) {

    static Question all() {
      return new Question(Map.of(), Set.of());
    }

    private List<String> of(String name) {
      return parameters.getOrDefault(name, List.of());
    }

    private boolean any(String name, Predicate<String> condition) {
      return of(name).isEmpty() || of(name).stream().anyMatch(condition);
    }

    boolean matches(Row row) {
      var policies = row.policies().stream().map(Numbered::policy).toList();
      var concerned = new TreeSet<>(List.of(row.domain(), row.report().recipient()));
      return any("domain", concerned::contains)
          && (reach.isEmpty() || concerned.stream().anyMatch(reach::contains))
          && any("organization", name -> name.equalsIgnoreCase(row.report().organization()))
          && any("from", day -> !row.report().day().isBefore(LocalDate.parse(day)))
          && any("to", day -> !row.report().day().isAfter(LocalDate.parse(day)))
          && (asksNothingOfPolicies() || policies.stream().anyMatch(this::matches));
    }

    boolean matches(Policy policy) {
      return alone(policy)
          && (asksNothingOfFailures() || policy.failures().stream().anyMatch(this::matches));
    }

    boolean alone(Policy policy) {
      return any("policyType", policy.type()::equals)
          && any("mode", mode -> mode.equals(policy.mode()));
    }

    boolean matches(Failure failure) {
      return any("resultType", failure.type()::equals)
          && any("mx", mx -> mx.equals(failure.mx()))
          && any("sendingIp", range -> failure.ip() != null && contains(range, failure.ip()));
    }

    boolean asksNothingOfFailures() {
      return of("resultType").isEmpty() && of("mx").isEmpty() && of("sendingIp").isEmpty();
    }

    boolean asksNothingOfPolicies() {
      return asksNothingOfFailures() && of("policyType").isEmpty() && of("mode").isEmpty();
    }
  }

  /** Successful, failed and the ids of reports of a group. */
  record Sum(long successful, long failed, Set<String> ids) {}

  private final List<Row> rows;

  ExpectedAnswers(Collection<Row> rows) {
    this.rows =
        rows.stream()
            .sorted(
                Comparator.comparing((Row row) -> row.report().day())
                    .thenComparing(Row::domain)
                    .thenComparing(Row::id)
                    .reversed())
            .toList();
  }

  static Set<String> domains(Report report) {
    var domains = new TreeSet<String>();
    report.policies().forEach(policy -> domains.add(policy.domain()));
    return domains.isEmpty() ? Set.of(report.recipient()) : domains;
  }

  List<Row> reports(Question question) {
    return rows.stream().filter(question::matches).toList();
  }

  List<Found> failures(Question question) {
    var found = new ArrayList<Found>();
    for (var row : reports(question)) {
      for (var policy : row.policies().reversed()) {
        var failures = policy.policy().failures();
        for (var m = failures.size() - 1; m >= 0; m--) {
          if (question.alone(policy.policy()) && question.matches(failures.get(m))) {
            found.add(new Found(row, policy, m, failures.get(m)));
          }
        }
      }
    }
    return found;
  }

  /** Sums by group; what belongs to a group is counted per report and domain by the rule. */
  Map<List<String>, Sum> sums(Question question, List<String> by) {
    var sums = new HashMap<List<String>, Sum>();
    for (var row : reports(question)) {
      Map<List<String>, Counts> groups = new HashMap<>();
      if (by.stream().anyMatch(List.of("resultType", "mx", "reasonCode")::contains)) {
        new ExpectedAnswers(List.of(row))
            .failures(question)
            .forEach(
                found ->
                    groups
                        .computeIfAbsent(
                            keys(by, row, found.policy().policy(), found.failure()),
                            k -> new Counts())
                        .add(found.policy().policy().type(), 0, found.failure().sessions()));
      } else if (question.asksNothingOfPolicies()
          && !by.contains("policyType")
          && !by.contains("mode")) {
        var counts = groups.computeIfAbsent(keys(by, row, null, null), k -> new Counts());
        row.policies()
            .forEach(
                p -> counts.add(p.policy().type(), p.policy().successful(), p.policy().failed()));
      } else {
        row.policies().stream()
            .map(Numbered::policy)
            .filter(question::matches)
            .forEach(
                policy ->
                    groups
                        .computeIfAbsent(keys(by, row, policy, null), k -> new Counts())
                        .add(policy.type(), policy.successful(), policy.failed()));
      }
      groups.forEach(
          (keys, counts) -> sums.merge(keys, counts.sum(row.id()), ExpectedAnswers::add));
    }
    return sums;
  }

  private static Sum add(Sum a, Sum b) {
    var ids = new LinkedHashSet<>(a.ids());
    ids.addAll(b.ids());
    return new Sum(a.successful() + b.successful(), a.failed() + b.failed(), ids);
  }

  private static List<String> keys(List<String> by, Row row, Policy policy, Failure failure) {
    return Arrays.asList(
        by.stream()
            .map(
                name ->
                    switch (name) {
                      case "day" -> row.report().day().toString();
                      case "domain" -> row.domain();
                      case "organization" -> row.report().organization();
                      case "policyType" -> policy.type();
                      case "mode" -> policy.mode();
                      case "resultType" -> failure.type();
                      case "mx" -> failure.mx();
                      case "reasonCode" ->
                          failure.reason() == null || failure.reason().length() < 200
                              ? failure.reason()
                              : failure.reason().substring(0, 200);
                      default -> throw new IllegalArgumentException(name);
                    })
            .toArray(String[]::new));
  }

  /** CONTRACT: sts summed, tlsa summed; the larger of them, a tie to sts; all others besides. */
  private static final class Counts {
    private final long[] sts = new long[2];
    private final long[] tlsa = new long[2];
    private final long[] others = new long[2];

    void add(String type, long successful, long failed) {
      var counts = type.equals("sts") ? sts : type.equals("tlsa") ? tlsa : others;
      counts[0] += successful;
      counts[1] += failed;
    }

    Sum sum(String id) {
      var larger = tlsa[0] + tlsa[1] > sts[0] + sts[1] ? tlsa : sts;
      return new Sum(larger[0] + others[0], larger[1] + others[1], Set.of(id));
    }
  }

  private static boolean contains(String range, String address) {
    var slash = range.indexOf('/');
    var network = bits(slash < 0 ? range : range.substring(0, slash));
    var bits = bits(address);
    var length = slash < 0 ? network.length() : Integer.parseInt(range.substring(slash + 1));
    return network.length() == bits.length() && bits.startsWith(network.substring(0, length));
  }

  private static String bits(String address) {
    var bits = new StringBuilder();
    for (var octet : Objects.requireNonNull(InetAddress.ofLiteral(address)).getAddress()) {
      bits.append("%8s".formatted(Integer.toBinaryString(octet & 0xFF)).replace(' ', '0'));
    }
    return bits.toString();
  }
}
