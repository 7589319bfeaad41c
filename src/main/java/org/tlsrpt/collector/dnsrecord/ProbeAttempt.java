package org.tlsrpt.collector.dnsrecord;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/** One probe report on its way to one address. */
final class ProbeAttempt {

  private static final int LONGEST_ANSWER = 4_096;
  private static final ContentType TYPE = ContentType.create("application/tlsrpt+json");

  private final URI url;
  private final String host;
  private final InetAddress address;
  private final TlsWitness witness;
  private final Clock clock;
  private final ProbeReport report = ProbeReport.fresh();
  private final long begun = System.nanoTime();
  private long connectedAt;
  private long securedAt;
  private @Nullable String protocol;

  private ProbeAttempt(
      URI url, String host, InetAddress address, X509TrustManager trust, Clock clock) {
    this.url = url;
    this.host = host;
    this.address = address;
    this.witness = new TlsWitness(trust);
    this.clock = clock;
  }

  /** Sends one, and tells how far it came. */
  static Probe.Attempt send(
      URI url,
      String host,
      InetAddress address,
      X509TrustManager trust,
      Clock clock,
      Deadline deadline) {
    return new ProbeAttempt(url, host, address, trust, clock).send(deadline);
  }

  private Probe.Attempt send(Deadline deadline) {
    var post = new HttpPost(url);
    post.setHeader(ProbeReport.HEADER, report.nonce());
    post.setEntity(new StringEntity(report.body(), TYPE));
    var https = new PinnedHttps(witness.context(), NoopHostnameVerifier.INSTANCE);
    var progress = new PinnedHttps.Progress(this::connected, this::secured);
    try {
      var answer = https.send(post, List.of(address), LONGEST_ANSWER, deadline, progress);
      return new Probe.Attempt(
          text(),
          new Probe.Connect(ms(begun, connectedAt), null),
          tls(),
          new Probe.Post(
              ms(securedAt, System.nanoTime()),
              answer.status(),
              ProbeAnswers.problem(answer, report)));
    } catch (IOException e) {
      return broken(e, System.nanoTime());
    }
  }

  private void connected() {
    connectedAt = System.nanoTime();
  }

  private void secured(SSLSession session) {
    securedAt = System.nanoTime();
    protocol = session.getProtocol();
  }

  private Probe.Attempt broken(IOException failure, long now) {
    if (connectedAt == 0) {
      var problem = "Connecting fails: " + Failures.ofConnection(failure);
      return new Probe.Attempt(text(), new Probe.Connect(ms(begun, now), problem), null, null);
    }
    var connect = new Probe.Connect(ms(begun, connectedAt), null);
    if (securedAt == 0) {
      var problem = Failures.explain(failure, "TLS fails");
      var tls =
          new Probe.Tls(ms(connectedAt, now), null, null, null, null, null, null, List.of(problem));
      return new Probe.Attempt(text(), connect, tls, null);
    }
    var problem = Failures.explain(failure, "There is no answer to the report");
    return new Probe.Attempt(
        text(), connect, tls(), new Probe.Post(ms(securedAt, now), null, problem));
  }

  private Probe.Tls tls() {
    return CertificateJudge.judge(
        host,
        witness,
        protocol == null ? "" : protocol,
        ms(connectedAt, securedAt),
        clock.instant());
  }

  private String text() {
    return AddressText.of(address);
  }

  private static long ms(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }
}
