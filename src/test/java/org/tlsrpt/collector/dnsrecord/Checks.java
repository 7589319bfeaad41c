package org.tlsrpt.collector.dnsrecord;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.tlsrpt.collector.dnsrecord.CheckSettings.Outgoing;
import org.tlsrpt.collector.testing.TestDns;

/** Makes checks as the service does, with a resolver, roots and addresses of a test's own. */
final class Checks {

  private final TestDns server;
  private final X509TrustManager trust;
  private String publicUrl = "https://tlsrpt.example.net";
  private Set<Outgoing> allowed = EnumSet.allOf(Outgoing.class);
  private Predicate<InetAddress> isPublic = PublicAddresses::isPublic;
  private int policyPort = 443;
  private Duration timeout = Duration.ofMillis(500);

  Checks(TestDns server, X509TrustManager trust) {
    this.server = server;
    this.trust = trust;
  }

  Checks publicUrl(String url) {
    publicUrl = url;
    return this;
  }

  Checks allow(Outgoing... outgoing) {
    allowed = Set.of(outgoing);
    return this;
  }

  Checks policyHosts(Predicate<InetAddress> allowed, int port) {
    isPublic = allowed;
    policyPort = port;
    return this;
  }

  Checks timeout(Duration each) {
    timeout = each;
    return this;
  }

  RecordCheck check() {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    var dns = new Dns(new Resolvers(List.of(address), timeout), Ticker.systemTicker());
    var own = new OwnIntake(new PublicUrl(publicUrl));
    var https = new PinnedHttps(context(), new DefaultHostnameVerifier());
    return new RecordCheck(
        dns,
        new PolicyFetch(dns, https, isPublic, policyPort, Ticker.systemTicker()),
        new Prober(dns, own, trust, Clock.systemUTC()),
        own,
        allowed);
  }

  CheckAnswer.Checked check(String domain, CheckPart... parts) {
    return (CheckAnswer.Checked) check().check(domain, Set.of(parts));
  }

  private SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
