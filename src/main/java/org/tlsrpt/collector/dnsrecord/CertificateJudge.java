package org.tlsrpt.collector.dnsrecord;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;

/** Says of a certificate what a sender that looks at it would stumble over. */
final class CertificateJudge {

  private static final int FEW_DAYS = 14;
  private static final int MOST_NAMES = 5;
  private static final DefaultHostnameVerifier NAMES = new DefaultHostnameVerifier();

  private final String host;
  private final X509Certificate own;
  private final TlsWitness witness;
  private final Instant now;
  private final List<String> problems = new ArrayList<>();

  private CertificateJudge(String host, TlsWitness witness, Instant now) {
    this.host = host;
    this.own = witness.chain().getFirst();
    this.witness = witness;
    this.now = now;
  }

  /**
   * Judges what a witness saw.
   *
   * @param host it was asked as
   * @param witness of a handshake that went through
   * @param ms how long that took
   */
  static Probe.Tls judge(String host, TlsWitness witness, String protocol, long ms, Instant now) {
    return new CertificateJudge(host, witness, now).judge(protocol, ms);
  }

  private Probe.Tls judge(String protocol, long ms) {
    var notAfter = own.getNotAfter().toInstant();
    var daysLeft = Math.floorDiv(Duration.between(now, notAfter).toSeconds(), 86_400L);
    judgeDates(notAfter, daysLeft);
    var trusted = witness.flaw() == null;
    if (!trusted && problems.isEmpty()) {
      problems.add(distrust());
    }
    var nameMatches = nameMatches();
    if (!nameMatches) {
      problems.add(
          "The certificate is for %s and not for %s: get one for this host."
              .formatted(names(), host));
    }
    var issuer = Excerpt.of(own.getIssuerX500Principal().getName());
    return new Probe.Tls(ms, protocol, trusted, nameMatches, issuer, notAfter, daysLeft, problems);
  }

  private void judgeDates(Instant notAfter, long daysLeft) {
    if (notAfter.isBefore(now)) {
      problems.add("The certificate expired on %s: renew it.".formatted(day(notAfter)));
    } else if (own.getNotBefore().toInstant().isAfter(now)) {
      problems.add(
          "The certificate is valid from %s on only: look at the clocks."
              .formatted(day(own.getNotBefore().toInstant())));
    } else if (daysLeft < FEW_DAYS && lifetime().toDays() > 2 * FEW_DAYS) {
      problems.add(
          "The certificate expires in %s days: see why it was not renewed.".formatted(daysLeft));
    }
  }

  private Duration lifetime() {
    return Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
  }

  private String distrust() {
    if (own.getSubjectX500Principal().equals(own.getIssuerX500Principal())) {
      return "The certificate is signed by itself, which many senders do not trust: get one from a"
          + " public authority.";
    }
    if (witness.chain().size() == 1) {
      return "The server sends its own certificate alone, which leads to no root: serve the whole"
          + " chain (fullchain.pem).";
    }
    return "The certificate leads to no root that this machine trusts: get one from a public"
        + " authority.";
  }

  private boolean nameMatches() {
    try {
      NAMES.verify(host, own);
      return true;
    } catch (SSLException e) {
      return false;
    }
  }

  private String names() {
    try {
      var names = own.getSubjectAlternativeNames();
      if (names != null) {
        return names.stream()
            .map(name -> Excerpt.of(String.valueOf(name.get(1))))
            .limit(MOST_NAMES)
            .collect(Collectors.joining(", "));
      }
    } catch (CertificateParsingException e) {
      // as if it had none
    }
    return Excerpt.of(own.getSubjectX500Principal().getName());
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }
}
