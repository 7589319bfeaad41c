package org.tlsrpt.collector.intake;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the front door.
 *
 * @param maxBodySize bytes of a POST as sent
 * @param maxInflatedSize bytes after gunzip, all layers and members together
 * @param bodyTimeout for a whole body to arrive; Tomcat's own time-out is per read, so a sender of
 *     a byte now and then would stay for ever
 * @param whenUnavailable what to do with a sender when nothing can be kept
 * @param domains recipient domains served; empty for all
 */
@ConfigurationProperties("tlsrpt.intake")
record IntakeProperties(
    @DefaultValue("10MB") DataSize maxBodySize,
    @DefaultValue("64MB") DataSize maxInflatedSize,
    @DefaultValue("30s") Duration bodyTimeout,
    @DefaultValue("close") WhenUnavailable whenUnavailable,
    @DefaultValue List<String> domains) {

  /** The largest array Java can hold, and far beyond any report. */
  private static final DataSize MOST = DataSize.ofGigabytes(1);

  /** Checks what a typo would break at the first report instead of at the start. */
  IntakeProperties {
    check("tlsrpt.intake.max-body-size", maxBodySize);
    check("tlsrpt.intake.max-inflated-size", maxInflatedSize);
    domains = domains.stream().map(IntakeProperties::served).toList();
  }

  private static void check(String name, DataSize size) {
    if (size.toBytes() < 1 || size.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(name + " must be between 1 byte and 1 GB");
    }
  }

  private static String served(String domain) {
    var normal = RecipientDomain.normalize(domain);
    if (normal == null) {
      throw new IllegalArgumentException(
          "tlsrpt.intake.domains: '" + domain + "' is not a domain name");
    }
    return normal;
  }

  boolean serves(String domain) {
    return domains.isEmpty() || domains.contains(domain);
  }

  /** What a sender sees when nothing can be kept. */
  enum WhenUnavailable {
    /**
     * The connection ends without an answer: the uploader used with Postfix takes every status as
     * delivered and tries again only when the connection breaks.
     */
    CLOSE,
    /** 503 with Retry-After. */
    STATUS
  }
}
