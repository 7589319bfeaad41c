package org.tlsrpt.collector.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.api.RecordController.FindingItem;
import org.tlsrpt.collector.dnsrecord.CheckAnswer;
import org.tlsrpt.collector.dnsrecord.CheckedDestination;
import org.tlsrpt.collector.dnsrecord.CheckedRecord;
import org.tlsrpt.collector.dnsrecord.Finding;
import org.tlsrpt.collector.dnsrecord.MtaSts;
import org.tlsrpt.collector.dnsrecord.MxHosts;
import org.tlsrpt.collector.dnsrecord.Probe;

/**
 * A check as JSON: the lint's members first, then what the look-up adds.
 *
 * @param domain A-labels
 * @param name where the record was looked for
 * @param status {@code valid}, {@code invalid}, {@code none}, {@code multiple} or {@code unknown}
 * @param valid whether senders find one record and a destination they can use
 * @param record the one they take
 * @param rua its destinations
 * @param extensions fields RFC 8460 does not know
 * @param findings of the record and its look-up
 * @param cname where CNAMEs lead
 * @param ttl seconds
 * @param dnssec {@code validated}, {@code not_validated} or {@code unknown}, as the resolver says
 * @param texts all TXT records at the name
 * @param destinations which of them is this collector, and what became of probes
 * @param mtaSts the policy beside the record
 * @param mx the MX hosts and their TLSA records
 * @param standing one word for the three together
 * @param summary the same in a sentence
 */
record RecordCheckAnswer(
    String domain,
    String name,
    String status,
    boolean valid,
    @Nullable String record,
    List<String> rua,
    Map<String, String> extensions,
    List<FindingItem> findings,
    List<String> cname,
    @Nullable Long ttl,
    String dnssec,
    List<String> texts,
    List<DestinationItem> destinations,
    MtaStsItem mtaSts,
    MxItem mx,
    String standing,
    String summary) {

  static RecordCheckAnswer of(CheckAnswer.Checked checked) {
    var record = checked.record();
    var findings = new ArrayList<>(items(checked.notes()));
    findings.addAll(items(record.lint().findings()));
    return new RecordCheckAnswer(
        checked.domain(),
        record.name(),
        word(record.status()),
        record.lint().valid(),
        record.lint().record(),
        record.lint().rua(),
        record.lint().extensions(),
        findings,
        record.cname(),
        record.ttl(),
        word(record.dnssec()),
        record.texts(),
        checked.destinations().stream().map(DestinationItem::of).toList(),
        MtaStsItem.of(checked.mtaSts()),
        MxItem.of(checked.mx()),
        word(checked.standing()),
        checked.standing().words());
  }

  /**
   * A destination.
   *
   * @param here whether it is this collector
   * @param probe what became of probe reports, if it is
   */
  record DestinationItem(String uri, boolean here, @Nullable ProbeItem probe) {

    static DestinationItem of(CheckedDestination destination) {
      var probe = destination.probe();
      return new DestinationItem(
          destination.uri(), destination.here(), probe == null ? null : ProbeItem.of(probe));
    }
  }

  /**
   * Probe reports.
   *
   * @param ok whether a sender's report would have arrived at every address
   * @param url where they went; null if none did
   * @param attempts one for each address
   * @param remarks what else to know, or why none was sent
   */
  record ProbeItem(
      boolean ok, @Nullable String url, List<AttemptItem> attempts, List<String> remarks) {

    static ProbeItem of(Probe probe) {
      return switch (probe) {
        case Probe.NotSent(var reason) -> new ProbeItem(false, null, List.of(), List.of(reason));
        case Probe.Sent sent ->
            new ProbeItem(
                sent.ok(),
                sent.url(),
                sent.attempts().stream().map(AttemptItem::of).toList(),
                sent.remarks());
      };
    }
  }

  /** The way to one address; a step that was not reached is null. */
  record AttemptItem(
      String address,
      boolean ok,
      Probe.Connect connect,
      Probe.@Nullable Tls tls,
      Probe.@Nullable Post post) {

    static AttemptItem of(Probe.Attempt attempt) {
      return new AttemptItem(
          attempt.address(), attempt.ok(), attempt.connect(), attempt.tls(), attempt.post());
    }
  }

  /** MTA-STS. */
  record MtaStsItem(
      String status,
      @Nullable String record,
      @Nullable String id,
      MtaSts.@Nullable Policy policy,
      List<FindingItem> findings) {

    static MtaStsItem of(MtaSts mtaSts) {
      return new MtaStsItem(
          word(mtaSts.status()),
          mtaSts.record(),
          mtaSts.id(),
          mtaSts.policy(),
          items(mtaSts.findings()));
    }
  }

  /** MX hosts. */
  record MxItem(String status, List<HostItem> hosts, List<FindingItem> findings) {

    static MxItem of(MxHosts mx) {
      return new MxItem(
          word(mx.status()), mx.hosts().stream().map(HostItem::of).toList(), items(mx.findings()));
    }
  }

  /** One of them, with its own record if that was asked for. */
  record HostItem(
      String name, int preference, String dane, List<String> tlsa, @Nullable RecordItem record) {

    static HostItem of(MxHosts.Host host) {
      var record = host.record();
      return new HostItem(
          host.name(),
          host.preference(),
          word(host.dane()),
          host.tlsa(),
          record == null ? null : RecordItem.of(record));
    }
  }

  /** The record at an MX host. */
  record RecordItem(
      String name,
      String status,
      @Nullable String record,
      List<String> rua,
      List<FindingItem> findings) {

    static RecordItem of(CheckedRecord record) {
      return new RecordItem(
          record.name(),
          word(record.status()),
          record.lint().record(),
          record.lint().rua(),
          items(record.lint().findings()));
    }
  }

  private static List<FindingItem> items(List<Finding> findings) {
    return findings.stream().map(FindingItem::of).toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
