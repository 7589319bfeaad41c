package org.tlsrpt.collector.dnsrecord;

import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How senders reach this collector.
 *
 * @param publicUrl an http(s) address without query, with or without a path before ours
 */
@ConfigurationProperties("tlsrpt")
public record PublicUrl(@DefaultValue("http://localhost:8080") String publicUrl) {

  /** Refuses an address no sender could use, at the start rather than in somebody's DNS. */
  public PublicUrl {
    publicUrl = publicUrl.strip().replaceAll("/+$", "");
    if (!usable(publicUrl)) {
      throw new IllegalArgumentException(
          "tlsrpt.public-url must be an address like https://tlsrpt.example.net");
    }
  }

  private static boolean usable(String url) {
    try {
      var uri = new URI(url);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether senders can deliver there: they do to https only. */
  public boolean isHttps() {
    return publicUrl.startsWith("https:");
  }

  /** Where reports about a domain go; {@code {domain}} stands for it. */
  public String intake() {
    return publicUrl + "/v1/tlsrpt/{domain}";
  }
}
