package org.tlsrpt.collector.dnsrecord;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why a connection failed, in words that say what to do. */
final class Failures {

  private Failures() {}

  /**
   * Explains.
   *
   * @param what failed, the beginning of a sentence
   * @return the whole sentence
   */
  static String explain(IOException failure, String what) {
    return what + ": " + reason(failure);
  }

  private static String reason(IOException failure) {
    if (has(failure, CertificateExpiredException.class)) {
      return "the certificate has expired; renew it.";
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return "the certificate is not valid yet; look at the clocks.";
    }
    if (has(failure, CertPathBuilderException.class)
        || has(failure, CertPathValidatorException.class)) {
      return "the certificate leads to no root this machine trusts; serve the whole chain of a"
          + " public authority.";
    }
    if (failure instanceof SSLPeerUnverifiedException) {
      return "the certificate is for other names; get one for this host.";
    }
    if (failure instanceof SSLException) {
      return "TLS fails (" + words(failure) + ").";
    }
    return ofConnection(failure);
  }

  /** The same for what happens below TLS. */
  static String ofConnection(IOException failure) {
    var words = words(failure);
    if (failure instanceof SocketTimeoutException || words.contains("timed out")) {
      return "no answer in time; a firewall may drop the packets.";
    }
    if (words.contains("unreachable") || failure instanceof NoRouteToHostException) {
      return "this machine has no way there; that says nothing about others, so try from elsewhere.";
    }
    if (words.contains("refused") || failure instanceof ConnectException) {
      return "the connection is refused; nothing listens there, or a firewall forbids it.";
    }
    if (failure instanceof SocketException || words.contains("closed")) {
      return "the connection was closed.";
    }
    return words.isEmpty() ? "the connection broke." : words + ".";
  }

  static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  /** The library's own words, bounded. */
  private static String words(IOException failure) {
    var words = failure.getMessage();
    return words == null ? "" : Excerpt.of(words.toLowerCase(Locale.ROOT));
  }
}
