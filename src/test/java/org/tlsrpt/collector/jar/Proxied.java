package org.tlsrpt.collector.jar;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.tlsrpt.collector.testing.FaultProxy;
import org.tlsrpt.collector.testing.SharedServer;

/** A database that can be taken away from a jar, and be looked into meanwhile. */
final class Proxied implements AutoCloseable {

  private final JdbcConnectionDetails database;
  private final FaultProxy proxy;
  private final String url;

  Proxied() throws SQLException, IOException {
    database = SharedServer.newDatabase();
    var address = URI.create(database.getJdbcUrl().substring("jdbc:".length()));
    proxy = new FaultProxy(address.getHost(), address.getPort());
    url = database.getJdbcUrl().replace(":" + address.getPort() + "/", ":" + proxy.port() + "/");
  }

  FaultProxy proxy() {
    return proxy;
  }

  /** What a jar must be told to use it. */
  String[] properties() {
    return new String[] {
      "--spring.datasource.url=" + url,
      "--spring.datasource.username=" + database.getUsername(),
      "--spring.datasource.password=" + database.getPassword()
    };
  }

  Stored stored() throws SQLException {
    return Stored.read(database.getJdbcUrl(), database.getUsername(), database.getPassword());
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    if (database instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
