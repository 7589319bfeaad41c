package org.tlsrpt.collector.dnsrecord;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The check with the resolvers of the settings and the roots that the JDK trusts. */
@Configuration(proxyBeanMethods = false)
class CheckBeans {

  @Bean
  RecordCheck recordCheck(
      DnsSettings dnsSettings, CheckSettings settings, PublicUrl publicUrl, Clock clock)
      throws GeneralSecurityException {
    var dns = new Dns(Resolvers.of(dnsSettings), Ticker.systemTicker());
    var own = new OwnIntake(publicUrl);
    var https = new PinnedHttps(SSLContext.getDefault(), new DefaultHostnameVerifier());
    return new RecordCheck(
        dns,
        new PolicyFetch(dns, https, PublicAddresses::isPublic, 443, Ticker.systemTicker()),
        new Prober(dns, own, trust(), clock),
        own,
        settings.allowed());
  }

  private static X509TrustManager trust() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((@Nullable KeyStore) null);
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        return trust;
      }
    }
    throw new IllegalStateException("every JDK trusts X.509 certificates");
  }
}
