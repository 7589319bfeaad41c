package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import java.util.Locale;

/** What somebody who publishes a record should know, though the record is right. */
final class OperatorNotes {

  private static final int SHORT_TTL = 3_600;

  private final String domain;
  private final List<String> rua;
  private final Findings notes;

  private OperatorNotes(String domain, List<String> rua, Findings notes) {
    this.domain = domain;
    this.rua = rua;
    this.notes = notes;
  }

  /**
   * Adds what there is to know.
   *
   * @param domain A-labels, lower-case
   * @param rua canonical destinations
   * @param ttl seconds
   */
  static void add(String domain, List<String> rua, int ttl, Findings notes) {
    var all = new OperatorNotes(domain, rua, notes);
    all.noteDomain();
    all.noteOrder();
    for (int at = 0; at < rua.size(); at++) {
      all.noteDestination(rua.get(at), "rua[" + at + "]");
    }
    all.noteTtl(ttl);
  }

  private void noteDomain() {
    if (domain.indexOf('.') < 0) {
      notes.info("RFC 8460 §1.1", "domain", "The domain has no dot; is it complete?");
    }
    notes.info(
        "RFC 8460 §1.1",
        "domain",
        "The record counts for %s only: publish one for each sub-domain that receives mail too,"
                .formatted(Excerpt.of(domain))
            + " and, for reports about DANE, one for each MX host.");
  }

  private void noteOrder() {
    if (rua.size() > 1) {
      notes.info(
          Findings.RECORD,
          "rua",
          "A sender may use only one of several destinations, often the first: put the most"
              + " important one first, and have each able to stand alone.");
    }
    if (rua.stream().noneMatch(uri -> uri.startsWith("mailto:"))) {
      notes.info(
          Findings.INTEROPERABILITY,
          "rua",
          "At least one sender (mox) delivers by mail only; a mailto: destination reaches it too.");
    }
  }

  private void noteDestination(String uri, String path) {
    if (uri.startsWith("mailto:")) {
      noteOwnMail(uri, path);
    } else if (!uri.toLowerCase(Locale.ROOT).contains(domain)) {
      notes.info(
          "RFC 8460 §5.4",
          path,
          "A report posted here does not always say for which domain it was asked: a path that"
              + " contains the domain tells; write {domain} in the URI for it.");
    }
  }

  private void noteOwnMail(String uri, String path) {
    var mailDomain = uri.substring(uri.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    if (mailDomain.equals(domain) || mailDomain.endsWith("." + domain)) {
      notes.warning(
          "RFC 8460 §5.3",
          path,
          "Reports about broken mail to %s would come as mail to %s: name an https: destination or"
                  .formatted(Excerpt.of(domain), Excerpt.of(mailDomain))
              + " an address elsewhere too.");
    }
  }

  private void noteTtl(int ttl) {
    if (ttl < SHORT_TTL) {
      notes.info(
          "RFC 8460 §7",
          "ttl",
          "A TTL below an hour makes it easier to hide the record from senders; raise it once the"
              + " record stands.");
    }
  }
}
