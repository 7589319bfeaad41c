package org.tlsrpt.collector.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
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
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String INVALID_PASSWORD = "28P01";
  private static final String INVALID_AUTHORIZATION = "28000";
  private static final String NO_SUCH_DATABASE = "3D000";

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

  /** What a refusal means: only one that will not pass by itself is an error. */
  static Readiness judge(String url, SQLException e) {
    var state = Objects.requireNonNullElse(e.getSQLState(), "");
    return switch (state) {
      case CANNOT_CONNECT_NOW -> RECOVERING;
      // The pools were faster than we.
      case TOO_MANY_CONNECTIONS -> READY;
      case INVALID_PASSWORD, INVALID_AUTHORIZATION, NO_SUCH_DATABASE -> throw refused(url, e);
      default -> SILENT;
    };
  }

  private static EmbeddedServerException refused(String url, SQLException e) {
    return new EmbeddedServerException(
        "The embedded PostgreSQL does not let the collector in at %s: %s"
            .formatted(url, e.getMessage()),
        """
        If the file "password" in tlsrpt.database.directory is not the one made with the data, \
        delete it: the next start makes a new one.""",
        e);
  }
}
