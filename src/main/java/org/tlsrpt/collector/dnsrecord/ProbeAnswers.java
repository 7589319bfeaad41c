package org.tlsrpt.collector.dnsrecord;

import org.jspecify.annotations.Nullable;

/** What the answer to a probe report means for the reports of senders. */
final class ProbeAnswers {

  private ProbeAnswers() {}

  /** What is wrong and what to do; null if the collector took the probe for one. */
  static @Nullable String problem(PinnedHttps.Answer answer, ProbeReport report) {
    int status = answer.status();
    if (status == 200 && report.isAnsweredBy(answer.body())) {
      return null;
    }
    return switch (status / 100) {
      case 2 -> other(status);
      case 3 -> redirect(answer);
      case 4 -> refusal(status);
      default -> failure(status);
    };
  }

  private static String other(int status) {
    return "The answer is %s, but not this collector's: another server answers at this address, or"
            .formatted(status)
        + " something in front of it takes the header "
        + ProbeReport.HEADER
        + " away.";
  }

  /** The uploader used with Postfix takes any status for a delivery. */
  private static String redirect(PinnedHttps.Answer answer) {
    var where = answer.location() == null ? "" : " to " + Excerpt.of(answer.location());
    return "The answer is a redirect (%s)%s: senders take it for a delivery and the report is lost."
            .formatted(answer.status(), where)
        + " Pass the path to the collector without one.";
  }

  private static String refusal(int status) {
    return switch (status) {
      case 401, 403 ->
          "The answer is %s: senders cannot log in. Let the path through without a login."
              .formatted(status);
      case 404 ->
          "The answer is 404: tlsrpt.intake.domains does not list the domain in the path, or the"
              + " path does not reach the collector.";
      case 405 ->
          "The answer is 405: something in front of the collector does not let POST through.";
      case 413 -> "The answer is 413: something in front of the collector allows tiny bodies only.";
      case 415 ->
          "The answer is 415: something in front of the collector refuses the media type"
              + " application/tlsrpt+json.";
      case 421 -> "The answer is 421: the server does not know this host name; configure it there.";
      case 429 ->
          "The answer is 429: this source has used up its share of deliveries; wait a little.";
      default -> "The answer is %s: senders take the report for refused.".formatted(status);
    };
  }

  private static String failure(int status) {
    return switch (status) {
      case 502, 504 ->
          "The answer is %s: the proxy in front does not reach the collector.".formatted(status);
      case 503 -> "The answer is 503: the collector or the proxy in front of it takes nothing now.";
      default ->
          "The answer is %s: look into the log of the collector and of what is in front of it."
              .formatted(status);
    };
  }
}
