package org.tlsrpt.collector.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ninety days of reports about twelve domains, the same ones for the same last day. Among much that
 * is well there are an outage of one host, a certificate that nobody renewed, and a sender that
 * fell silent.
 */
final class DemoReports {

  static final int DAYS = 90;

  private static final JsonMapper JSON = new JsonMapper();

  /** Days ago on which one host of the third domain took no TLS. */
  private static final int OUTAGE_FROM = 41;

  private static final int OUTAGE_TO = 38;

  /** Days ago on which a certificate of the second domain expired; nobody has renewed it yet. */
  private static final int EXPIRED = 6;

  /** Days ago from which on one sender reports nothing any more. */
  private static final int SILENT = 20;

  /** Days ago from which on nobody reports about the last domain. */
  private static final int FORGOTTEN = 9;

  private static final List<Domain> DOMAINS =
      List.of(
          new Domain("harbour.example", 900, "enforce", true),
          new Domain("bakery.example", 420, "enforce", false),
          new Domain("northwind.example", 2_600, "testing", false),
          new Domain("observatory.example", 310, "enforce", true),
          new Domain("library.example", 1_150, "enforce", false),
          new Domain("tramway.example", 240, "testing", false),
          new Domain("orchard.example", 95, "none", false),
          new Domain("quarry.example", 60, "", true),
          new Domain("clinic.example", 780, "enforce", false),
          new Domain("festival.example", 180, "testing", false),
          new Domain("lighthouse.example", 40, "", false),
          new Domain("archive.example", 120, "enforce", false));

  private static final List<Sender> SENDERS =
      List.of(
          new Sender("Bigmail Inc.", "smtp-tls-reporting@bigmail.example", "192.0.2.10", 1.0),
          new Sender("Cloudpost Corporation", "tlsrpt@cloudpost.example", "192.0.2.40", 0.7),
          new Sender("Freemail", "abuse@freemail.example", "198.51.100.20", 0.25),
          new Sender("University of Examples", "postmaster@uni.example", "2001:db8:7::25", 0.08),
          new Sender("mx.small-isp.example", "tls@small-isp.example", "203.0.113.5", 0.05));

  /** The one that fell silent. */
  private static final Sender QUIET =
      new Sender("Slowpost Ltd.", "reports@slowpost.example", "203.0.113.77", 0.15);

  /**
   * A domain that takes mail.
   *
   * @param sessions of a day at the largest sender
   * @param mode of its MTA-STS policy; empty: it has none
   * @param dane whether there are TLSA records
   */
  private record Domain(String name, int sessions, String mode, boolean dane) {}

  /** Who reports, and how much compared with the largest. */
  private record Sender(String name, String contact, String ip, double size) {}

  /**
   * A report as sent.
   *
   * @param domain it is posted for
   * @param day it is about
   */
  record Report(String domain, LocalDate day, byte[] json) {}

  private final LocalDate today;
  private final Random random;

  private DemoReports(LocalDate today) {
    this.today = today;
    this.random = new Random(today.toEpochDay());
  }

  /** All of them, oldest first; the last day is the one before today. */
  static List<Report> upTo(LocalDate today) {
    var demo = new DemoReports(today);
    var reports = new ArrayList<Report>();
    for (int ago = DAYS; ago >= 1; ago--) {
      for (var domain : DOMAINS) {
        demo.addOfDay(domain, ago, reports);
      }
    }
    return reports;
  }

  private void addOfDay(Domain domain, int ago, List<Report> reports) {
    if (domain.name().equals("archive.example") && ago < FORGOTTEN) {
      return;
    }
    for (var sender : SENDERS) {
      var isRare = sender.size() < 0.1;
      if (!isRare || random.nextInt(10) < 8) {
        reports.add(report(domain, sender, ago));
      }
    }
    if (ago > SILENT && domain.sessions() > 200) {
      reports.add(report(domain, QUIET, ago));
    }
  }

  private Report report(Domain domain, Sender sender, int ago) {
    var day = today.minusDays(ago);
    var weekday = day.getDayOfWeek().getValue() < 6 ? 1.0 : 0.45;
    var sessions =
        Math.max(
            1,
            Math.round(
                domain.sessions() * sender.size() * weekday * (0.8 + 0.4 * random.nextDouble())));
    var failures = failures(domain, sender, ago, sessions);
    var failed = failed(failures);
    var policies = new ArrayList<Map<String, Object>>();
    policies.add(policy(domain, sessions - failed, failed, failures));
    var report = new LinkedHashMap<String, Object>();
    report.put("organization-name", sender.name());
    report.put(
        "date-range",
        Map.of("start-datetime", day + "T00:00:00Z", "end-datetime", day + "T23:59:59Z"));
    report.put("contact-info", sender.contact());
    report.put("report-id", day + "." + domain.name() + "@" + sender.contact().split("@", 2)[1]);
    report.put("policies", policies);
    return new Report(domain.name(), day, JSON.writeValueAsBytes(report));
  }

  private static Map<String, Object> policy(
      Domain domain, long successful, long failed, List<Map<String, Object>> failures) {
    var policy = new LinkedHashMap<String, Object>();
    if (!domain.mode().isEmpty()) {
      policy.put("policy-type", "sts");
      policy.put(
          "policy-string",
          List.of(
              "version: STSv1",
              "mode: " + domain.mode(),
              "mx: " + mx(domain, 1),
              "mx: " + mx(domain, 2),
              "max_age: 604800"));
      policy.put("mx-host", List.of(mx(domain, 1), mx(domain, 2)));
    } else if (domain.dane()) {
      policy.put("policy-type", "tlsa");
      policy.put("policy-string", List.of("3 1 1 " + "0b9fa5a5".repeat(8)));
    } else {
      policy.put("policy-type", "no-policy-found");
    }
    policy.put("policy-domain", domain.name());
    return Map.of(
        "policy", policy,
        "summary",
            Map.of(
                "total-successful-session-count", successful,
                "total-failure-session-count", failed),
        "failure-details", failures);
  }

  private List<Map<String, Object>> failures(Domain domain, Sender sender, int ago, long sessions) {
    var failures = new ArrayList<Map<String, Object>>();
    if (domain.name().equals("northwind.example") && ago <= OUTAGE_FROM && ago >= OUTAGE_TO) {
      failures.add(
          failure(domain, sender, "starttls-not-supported", 2, sessions * 2 / 5 + 1, null));
    }
    if (domain.name().equals("bakery.example") && ago <= EXPIRED) {
      failures.add(
          failure(
              domain,
              sender,
              "certificate-expired",
              1,
              sessions * 3 / 5 + 1,
              "X509_V_ERR_CERT_HAS_EXPIRED"));
    }
    if (domain.name().equals("tramway.example") && random.nextInt(12) == 0) {
      failures.add(
          failure(domain, sender, "certificate-host-mismatch", 2, 1 + sessions / 50, null));
    }
    if (domain.name().equals("quarry.example") && ago <= 55 && ago >= 52) {
      failures.add(failure(domain, sender, "tlsa-invalid", 1, sessions / 2 + 1, null));
    }
    if (failures.isEmpty() && random.nextInt(60) == 0) {
      failures.add(
          failure(
              domain,
              sender,
              "validation-failure",
              1 + random.nextInt(2),
              1,
              "tls-remote-alert-40-handshake-failure"));
    }
    if (domain.mode().equals("enforce") && random.nextInt(150) == 0) {
      failures.add(policyNotFound(domain, sender));
    }
    return failed(failures) <= sessions ? failures : List.of();
  }

  private static long failed(List<Map<String, Object>> failures) {
    return failures.stream()
        .mapToLong(
            failure -> ((Number) failure.getOrDefault("failed-session-count", 0L)).longValue())
        .sum();
  }

  private static Map<String, Object> failure(
      Domain domain, Sender sender, String type, int mx, long sessions, @Nullable String reason) {
    var failure = new LinkedHashMap<String, Object>();
    failure.put("result-type", type);
    failure.put("sending-mta-ip", sender.ip());
    failure.put("receiving-mx-hostname", mx(domain, mx));
    failure.put("receiving-ip", "198.51.100." + (100 + mx));
    failure.put("failed-session-count", sessions);
    if (reason != null) {
      failure.put("failure-reason-code", reason);
    }
    return failure;
  }

  private static Map<String, Object> policyNotFound(Domain domain, Sender sender) {
    var failure = new LinkedHashMap<String, Object>();
    failure.put("result-type", "sts-policy-fetch-error");
    failure.put("sending-mta-ip", sender.ip());
    failure.put("failed-session-count", 1L);
    failure.put(
        "additional-information", "https://mta-sts." + domain.name() + "/.well-known/mta-sts.txt");
    return failure;
  }

  private static String mx(Domain domain, int number) {
    return "mx" + number + "." + domain.name();
  }
}
