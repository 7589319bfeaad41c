package org.tlsrpt.collector.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** What a server says to someone who knocks. */
enum Readiness {
  /** It takes statements. */
  READY,
  /** It is there, but recovers what was under way when it was killed. */
  RECOVERING,
  /** Nobody answers. */
  SILENT;

  private static final String CANNOT_CONNECT_NOW = "57P03";
  private static final String CONNECTION_TROUBLE = "08";

  /**
   * Asks a server, for 2 s at most.
   *
   * @throws EmbeddedServerException if it lives but will not let us in
   */
  static Readiness of(String url, String user, String password) {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "2");
    properties.setProperty("ApplicationName", "tlsrpt-collector start");
    try (var connection = DriverManager.getConnection(url, properties)) {
      return connection.isValid(2) ? READY : SILENT;
    } catch (SQLException e) {
      return judge(url, e);
    }
  }

  private static Readiness judge(String url, SQLException e) {
    var state = e.getSQLState();
    if (CANNOT_CONNECT_NOW.equals(state)) {
      return RECOVERING;
    }
    if (state == null || state.startsWith(CONNECTION_TROUBLE)) {
      return SILENT;
    }
    throw new EmbeddedServerException(
        "The embedded PostgreSQL lets the collector not in at %s: %s"
            .formatted(url, e.getMessage()),
        """
        If the file "password" in tlsrpt.database.directory is not the one made with the data, \
        delete it: the next start makes a new one.""",
        e);
  }
}
