package org.tlsrpt.collector.dnsrecord;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the TXT records found at {@code _smtp._tls.<domain>} as senders do (RFC 8460 §3). */
public final class RecordLint {

  /** Octets that one DNS message can carry; nothing longer can be the answer of a name server. */
  static final int LONGEST_ANSWER = 65_535;

  static final int MOST_RECORDS = 1_000;

  private static final int UDP_COMFORT = 450;
  private static final int UDP_LIMIT = 1_232;

  private final List<String> records;
  private final Findings findings = new Findings();

  private RecordLint(List<String> records) {
    this.records = records;
  }

  /**
   * Selects the record as senders do and reads it.
   *
   * @param records one text per TXT record, its character-strings joined without a space; any text
   *     at all, a null counts as empty
   */
  public static LintResult lint(List<? extends @Nullable String> records) {
    var texts = new ArrayList<String>();
    for (var text : records.subList(0, Math.min(records.size(), MOST_RECORDS + 1))) {
      texts.add(text == null ? "" : text);
    }
    return new RecordLint(texts).lint();
  }

  private LintResult lint() {
    if (records.isEmpty()) {
      findings.error(Findings.RECORD, "records", "There is no TXT record: publish one.");
      return result(null, new TlsRptRecord(List.of(), Map.of()));
    }
    if (!fitsIntoAnswer()) {
      return result(null, new TlsRptRecord(List.of(), Map.of()));
    }
    var candidates = candidates();
    if (candidates.size() != 1) {
      judgeSelection(candidates);
      return result(null, new TlsRptRecord(List.of(), Map.of()));
    }
    var text = records.get(candidates.getFirst());
    return result(text, RecordParser.parse(text, place(candidates.getFirst()), findings));
  }

  private LintResult result(@Nullable String text, TlsRptRecord read) {
    return new LintResult(
        !findings.hasErrors(), text, read.rua(), read.extensions(), findings.toList());
  }

  private boolean fitsIntoAnswer() {
    long octets = 0;
    for (var text : records) {
      octets +=
          text.length() > LONGEST_ANSWER
              ? text.length()
              : text.getBytes(StandardCharsets.UTF_8).length;
    }
    if (octets > LONGEST_ANSWER || records.size() > MOST_RECORDS) {
      findings.error(
          "RFC 1035 §4.2.2",
          "records",
          "This is more than one DNS answer can hold (%s octets, %s records): nothing of it was read."
              .formatted(LONGEST_ANSWER, MOST_RECORDS));
      return false;
    }
    noteSize(octets);
    return true;
  }

  private void noteSize(long octets) {
    if (octets > UDP_LIMIT) {
      findings.warning(
          "RFC 7208 §3.4",
          "records",
          "The TXT records have %s octets; above %s many resolvers must ask again over TCP, which"
                  .formatted(octets, UDP_LIMIT)
              + " some networks block: name fewer or shorter destinations.");
    } else if (octets > UDP_COMFORT) {
      findings.warning(
          "RFC 7208 §3.4",
          "records",
          "The TXT records have %s octets; up to %s fit into any DNS answer: name fewer or shorter"
                  .formatted(octets, UDP_COMFORT)
              + " destinations if you can.");
    }
  }

  /** Filters before it counts, as §3 has it; what falls out is explained. */
  private List<Integer> candidates() {
    var candidates = new ArrayList<Integer>();
    for (int at = 0; at < records.size(); at++) {
      if (records.get(at).startsWith(TlsRptRecord.PREFIX)) {
        candidates.add(at);
      }
    }
    for (int at = 0; at < records.size(); at++) {
      if (!records.get(at).startsWith(TlsRptRecord.PREFIX)) {
        explainDiscarded(at, candidates.isEmpty());
      }
    }
    return candidates;
  }

  private void explainDiscarded(int at, boolean nothingElse) {
    var reason = NearMiss.explain(records.get(at));
    if (reason == null) {
      findings.info(
          Findings.RECORD,
          place(at),
          "Senders pass over this record, it does not begin with v=TLSRPTv1; — "
              + Excerpt.of(records.get(at)));
    } else if (nothingElse) {
      findings.error(Findings.RECORD, place(at), reason);
    } else {
      findings.warning(Findings.RECORD, place(at), "Senders pass over this record. " + reason);
    }
  }

  private void judgeSelection(List<Integer> candidates) {
    if (candidates.size() > 1) {
      findings.error(
          Findings.RECORD,
          place(candidates.get(1)),
          "%s records begin with v=TLSRPTv1; so senders must act as if there were none, even if they"
                  .formatted(candidates.size())
              + " are identical: keep one, with all destinations in its rua.");
    } else if (!findings.hasErrors()) {
      findings.error(
          Findings.RECORD,
          "records",
          "No record begins with v=TLSRPTv1; so senders find none: publish v=TLSRPTv1; rua=….");
    }
  }

  private static String place(int at) {
    return "records[" + at + "]";
  }
}
