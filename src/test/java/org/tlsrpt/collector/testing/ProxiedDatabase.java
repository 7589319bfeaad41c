package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** A database of its own behind a {@link FaultProxy}. */
@TestConfiguration(proxyBeanMethods = false)
public class ProxiedDatabase {

  /** The way to the database, past the proxy as well. */
  public record Direct(JdbcConnectionDetails details) {}

  @Bean
  Direct direct() throws SQLException {
    return new Direct(SharedServer.newDatabase());
  }

  @Bean(destroyMethod = "close")
  FaultProxy faultProxy(Direct direct) throws IOException {
    var address = address(direct);
    return new FaultProxy(address.getHost(), address.getPort());
  }

  @Bean
  JdbcConnectionDetails proxiedDatabase(Direct direct, FaultProxy proxy) {
    var details = direct.details();
    var url =
        details
            .getJdbcUrl()
            .replace(":" + address(direct).getPort() + "/", ":" + proxy.port() + "/");
    return new JdbcConnectionDetails() {
      @Override
      public String getJdbcUrl() {
        return url;
      }

      @Override
      public String getUsername() {
        return details.getUsername();
      }

      @Override
      public String getPassword() {
        return details.getPassword();
      }
    };
  }

  private static URI address(Direct direct) {
    return URI.create(direct.details().getJdbcUrl().substring("jdbc:".length()));
  }
}
