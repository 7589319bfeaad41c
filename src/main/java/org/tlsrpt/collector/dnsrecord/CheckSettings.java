package org.tlsrpt.collector.dnsrecord;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may leave this machine for a check.
 *
 * @param outgoing the kinds of requests allowed; empty forbids all
 */
@ConfigurationProperties("tlsrpt.check")
record CheckSettings(@DefaultValue({"dns", "mta-sts", "probe"}) List<Outgoing> outgoing) {

  /** A kind of request. */
  enum Outgoing {
    /** Questions to the resolvers; without them there is nothing to check. */
    DNS,
    /** The policy file of MTA-STS, from a host that the domain looked up names. */
    MTA_STS,
    /** Probe reports to {@code tlsrpt.public-url}. */
    PROBE
  }

  /** Copies the list, so that it does not change afterwards. */
  CheckSettings {
    outgoing = List.copyOf(outgoing);
  }

  Set<Outgoing> allowed() {
    return outgoing.isEmpty() ? EnumSet.noneOf(Outgoing.class) : EnumSet.copyOf(outgoing);
  }
}
