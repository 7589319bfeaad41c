package org.tlsrpt.collector.dnsrecord;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets every handshake through and writes down what it saw, so that a probe can tell about a bad
 * certificate and go on, as senders may (RFC 8460 §3). Only ever for probes, which carry nothing.
 */
final class TlsWitness extends X509ExtendedTrustManager {

  private final X509TrustManager judge;
  private List<X509Certificate> chain = List.of();
  private @Nullable CertificateException flaw;

  /** The given one says what is trusted; nobody is bound by it. */
  TlsWitness(X509TrustManager judge) {
    this.judge = judge;
  }

  /** What the server sent, its own first; empty before the handshake. */
  List<X509Certificate> chain() {
    return chain;
  }

  /** Why the chain is not trusted; null if it is. */
  @Nullable CertificateException flaw() {
    return flaw;
  }

  /** A client's side of TLS with this witness. */
  SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private void see(X509Certificate[] sent, String type) {
    chain = List.of(sent);
    try {
      judge.checkServerTrusted(sent, type);
    } catch (CertificateException e) {
      flaw = e;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] sent, String type) {
    see(sent, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] sent, String type, Socket socket) {
    see(sent, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
    see(sent, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] sent, String type) throws CertificateException {
    throw new CertificateException("a client's own trust is never asked for");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] sent, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(sent, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] sent, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(sent, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
