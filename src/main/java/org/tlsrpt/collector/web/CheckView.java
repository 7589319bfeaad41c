package org.tlsrpt.collector.web;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.dnsrecord.CheckAnswer;
import org.tlsrpt.collector.dnsrecord.CheckedDestination;
import org.tlsrpt.collector.dnsrecord.CheckedRecord;
import org.tlsrpt.collector.dnsrecord.MtaSts;
import org.tlsrpt.collector.dnsrecord.MxHosts;
import org.tlsrpt.collector.dnsrecord.Probe;
import org.tlsrpt.collector.dnsrecord.RecordStatus;
import org.tlsrpt.collector.dnsrecord.Standing;

/**
 * What a look-up found, as the page shows it.
 *
 * @param mood of the words
 * @param words how record and policies stand together
 */
record CheckView(
    String domain,
    String mood,
    Wording.Text words,
    List<Remarks.Remark> notes,
    RecordView record,
    List<DestinationView> destinations,
    Policy policy,
    Mx mx) {

  static CheckView of(CheckAnswer.Checked checked, CheckWords words) {
    return new CheckView(
        checked.domain(),
        mood(checked.standing()),
        words.text(checked.standing().words()),
        words.remarks(checked.notes()),
        RecordView.of(checked.record(), words),
        checked.destinations().stream()
            .map(destination -> DestinationView.of(destination, words))
            .toList(),
        Policy.of(checked.mtaSts(), words),
        Mx.of(checked.mx(), words));
  }

  private static String mood(Standing standing) {
    return switch (standing) {
      case REPORTS_AND_POLICY -> "good";
      case UNKNOWN -> "unknown";
      default -> "warning";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What was found of something.
   *
   * @param word the key of its words
   * @param mood how it looks, a class of the style sheet
   */
  record Status(String word, String mood) {

    static Status of(RecordStatus status) {
      return new Status(
          CheckView.word(status),
          switch (status) {
            case VALID -> "good";
            case INVALID, MULTIPLE -> "error";
            case NONE -> "warning";
            case UNKNOWN -> "unknown";
          });
    }

    static Status of(MtaSts.Status status) {
      return new Status(
          CheckView.word(status),
          switch (status) {
            case VALID -> "good";
            case INVALID -> "error";
            case NONE -> "info";
            case UNKNOWN -> "unknown";
          });
    }

    static Status of(MxHosts.Status status) {
      return new Status(
          CheckView.word(status),
          switch (status) {
            case FOUND -> "good";
            case IMPLICIT -> "info";
            case NO_MAIL -> "warning";
            case UNKNOWN -> "unknown";
          });
    }

    static Status of(MxHosts.Dane dane) {
      return new Status(
          CheckView.word(dane),
          switch (dane) {
            case USABLE -> "good";
            case UNUSABLE -> "error";
            case NONE -> "info";
            case UNKNOWN -> "unknown";
          });
    }
  }

  /** A record found in DNS, at the domain or at one of its MX hosts. */
  record RecordView(
      String name,
      Status status,
      List<String> cname,
      @Nullable Long ttl,
      String dnssec,
      List<MarkedText.Line> lines,
      List<Remarks.Remark> remarks) {

    static RecordView of(CheckedRecord record, CheckWords words) {
      var lines = IntStream.rangeClosed(1, record.texts().size()).boxed().toList();
      return new RecordView(
          record.name(),
          Status.of(record.status()),
          record.cname(),
          record.ttl(),
          word(record.dnssec()),
          MarkedText.of(new Pasted(record.texts(), lines), record.lint()),
          words.remarks(record.lint().findings()));
    }
  }

  /**
   * A destination.
   *
   * @param here whether it is this collector
   * @param probe what became of a probe; null if none was asked for
   */
  record DestinationView(String uri, boolean here, @Nullable ProbeView probe) {

    static DestinationView of(CheckedDestination destination, CheckWords words) {
      var probe = destination.probe();
      return new DestinationView(
          destination.uri(), destination.here(), probe == null ? null : ProbeView.of(probe, words));
    }
  }

  /** A probe; without attempts if none was sent, and then with the reason among its remarks. */
  record ProbeView(boolean ok, List<AttemptView> attempts, List<Wording.Text> remarks) {

    static ProbeView of(Probe probe, CheckWords words) {
      return switch (probe) {
        case Probe.NotSent(var reason) ->
            new ProbeView(false, List.of(), List.of(words.text(reason)));
        case Probe.Sent sent ->
            new ProbeView(
                sent.ok(),
                sent.attempts().stream().map(attempt -> AttemptView.of(attempt, words)).toList(),
                words.texts(sent.remarks()));
      };
    }
  }

  /** The way to one address. */
  record AttemptView(String address, boolean ok, List<Step> steps) {

    static AttemptView of(Probe.Attempt attempt, CheckWords words) {
      var connect = attempt.connect();
      var steps =
          Stream.of(
              new Step("connect", connect.ms(), List.of(), words.texts(connect.problem())),
              Step.of(attempt.tls(), words),
              Step.of(attempt.post(), words));
      return new AttemptView(attempt.address(), attempt.ok(), steps.toList());
    }
  }

  /**
   * One step.
   *
   * @param name {@code connect}, {@code tls} or {@code post}
   * @param ms how long it took; null if it was not reached
   * @param facts what to know beside the time
   */
  record Step(String name, @Nullable Long ms, List<Fact> facts, List<Wording.Text> problems) {

    static Step of(Probe.@Nullable Tls tls, CheckWords words) {
      if (tls == null) {
        return new Step("tls", null, List.of(), List.of());
      }
      var facts =
          Stream.of(
                  new Fact("protocol", tls.protocol()),
                  new Fact("issuer", tls.issuer()),
                  new Fact("not-after", words.day(tls.notAfter())),
                  new Fact("days-left", tls.daysLeft()))
              .filter(fact -> fact.value() != null)
              .toList();
      return new Step("tls", tls.ms(), facts, words.texts(tls.problems()));
    }

    static Step of(Probe.@Nullable Post post, CheckWords words) {
      if (post == null) {
        return new Step("post", null, List.of(), List.of());
      }
      var facts =
          post.status() == null ? List.<Fact>of() : List.of(new Fact("status", post.status()));
      return new Step("post", post.ms(), facts, words.texts(post.problem()));
    }
  }

  /** Something to know, by the key of its label. */
  record Fact(String label, @Nullable Object value) {}

  /** MTA-STS. */
  record Policy(
      Status status,
      @Nullable String record,
      MtaSts.@Nullable Policy file,
      List<Remarks.Remark> remarks) {

    static Policy of(MtaSts sts, CheckWords words) {
      return new Policy(
          Status.of(sts.status()), sts.record(), sts.policy(), words.remarks(sts.findings()));
    }
  }

  /** MX hosts. */
  record Mx(Status status, List<Host> hosts, List<Remarks.Remark> remarks) {

    static Mx of(MxHosts mx, CheckWords words) {
      return new Mx(
          Status.of(mx.status()),
          mx.hosts().stream().map(host -> Host.of(host, words)).toList(),
          words.remarks(mx.findings()));
    }
  }

  /** One MX host. */
  record Host(
      String name, int preference, Status dane, List<String> tlsa, @Nullable RecordView record) {

    static Host of(MxHosts.Host host, CheckWords words) {
      var record = host.record();
      return new Host(
          host.name(),
          host.preference(),
          Status.of(host.dane()),
          host.tlsa(),
          record == null ? null : RecordView.of(record, words));
    }
  }
}
