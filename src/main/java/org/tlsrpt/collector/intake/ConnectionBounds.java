package org.tlsrpt.collector.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Bounds the connections of the main port, before anything of a request is known. */
@Component
class ConnectionBounds implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final Settings settings;
  private final boolean behindProxy;

  /**
   * Settings of connections.
   *
   * @param perAddress open ones of an IPv4 address or IPv6 /64; of the 2,048 that {@code
   *     server.tomcat.max-connections} allows one source must not hold all
   * @param headTimeout for a whole request head, from its first byte
   */
  @ConfigurationProperties("tlsrpt.intake.connections")
  record Settings(@DefaultValue("512") int perAddress, @DefaultValue("10s") Duration headTimeout) {

    /** Refuses what would shut out everybody. */
    Settings {
      if (perAddress < 1 || !headTimeout.isPositive()) {
        throw new IllegalArgumentException(
            "tlsrpt.intake.connections: per-address must be at least 1, head-timeout above 0");
      }
    }
  }

  ConnectionBounds(Settings settings, Environment environment) {
    this.settings = settings;
    var strategy = environment.getProperty("server.forward-headers-strategy", "none");
    this.behindProxy = !strategy.equalsIgnoreCase("none");
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(BoundedHttp11.class.getName());
    factory.addConnectorCustomizers(
        connector -> {
          if (connector.getProtocolHandler() instanceof BoundedHttp11 http) {
            http.bound(settings.headTimeout(), perAddress());
          }
        });
  }

  /** All connections come from the proxy then, whose task it is. */
  private ConnectionsPerAddress perAddress() {
    return behindProxy
        ? ConnectionsPerAddress.unbounded()
        : new ConnectionsPerAddress(settings.perAddress());
  }
}
