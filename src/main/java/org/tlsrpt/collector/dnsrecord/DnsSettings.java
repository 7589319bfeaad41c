package org.tlsrpt.collector.dnsrecord;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom to ask.
 *
 * @param resolvers addresses with or without a port, {@code 192.0.2.53}, {@code 192.0.2.53:5353},
 *     {@code [2001:db8::53]:53}; empty for those of the system
 * @param timeout of one try at one of them; each is tried twice
 */
@ConfigurationProperties("tlsrpt.dns")
record DnsSettings(@DefaultValue List<String> resolvers, @DefaultValue("2s") Duration timeout) {

  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([0-9.]+))(?::([0-9]{1,5}))?");

  private static final int PORT = 53;

  /** Refuses at the start what could never be asked. */
  DnsSettings {
    resolvers = List.copyOf(resolvers);
    resolvers.forEach(DnsSettings::address);
    if (timeout.toMillis() < 100 || timeout.toSeconds() > 5) {
      throw new IllegalArgumentException("tlsrpt.dns.timeout must be from 100ms to 5s");
    }
  }

  List<InetSocketAddress> addresses() {
    return resolvers.stream().map(DnsSettings::address).toList();
  }

  private static InetSocketAddress address(String text) {
    var parts = WITH_PORT.matcher(text.strip());
    try {
      if (!parts.matches()) {
        return new InetSocketAddress(InetAddress.ofLiteral(text.strip()), PORT);
      }
      var host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      var port = parts.group(3) == null ? PORT : Integer.parseInt(parts.group(3));
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tlsrpt.dns.resolvers: '" + text + "' is no address like 192.0.2.53 or [2001:db8::53]:53",
          e);
    }
  }
}
