package org.tlsrpt.collector.web;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses that senders wrote, where they are ones a reader may follow: http and https alone. */
@Component("links")
class SafeLink {

  private static final int LONGEST = 2_000;

  /**
   * An address.
   *
   * @param href as written
   * @param host that is shown, so that nobody is led elsewhere unawares
   */
  public record Link(String href, String host) {}

  /** The address; null for any text that is none, or that hides where it leads. */
  public @Nullable Link of(@Nullable String text) {
    if (text == null
        || text.length() > LONGEST
        || !text.regionMatches(true, 0, "http", 0, 4)
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      return null;
    }
    try {
      var uri = new URI(text);
      var scheme = uri.getScheme();
      var web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      return web && uri.getHost() != null && uri.getRawUserInfo() == null
          ? new Link(text, uri.getHost())
          : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
