package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one domain as it was found in DNS.
 *
 * @param name where it was looked for, absolute: {@code _smtp._tls.example.com.}
 * @param status what senders find
 * @param lint the judgement of the TXT records, with what the look-up itself showed (CNAME, TTL,
 *     DNSSEC) among its findings; valid if and only if the status is
 * @param cname the names that CNAMEs lead to from {@code name}, in order, absolute; empty without
 * @param ttl seconds that the resolver gives the TXT records, which may be what is left in its
 *     cache; null if there are none
 * @param dnssec what the resolver says
 * @param texts all TXT records at the name, strings joined; a character that does not show stands
 *     as U+FFFD, so that the places in the findings count
 */
public record CheckedRecord(
    String name,
    RecordStatus status,
    LintResult lint,
    List<String> cname,
    @Nullable Long ttl,
    Dnssec dnssec,
    List<String> texts) {

  /** Copies the lists, so that the record does not change afterwards. */
  public CheckedRecord {
    cname = List.copyOf(cname);
    texts = List.copyOf(texts);
  }

  /** The same with more findings behind its own. */
  CheckedRecord with(Findings more) {
    return new CheckedRecord(
        name, status, RecordLookup.with(lint, more), cname, ttl, dnssec, texts);
  }
}
