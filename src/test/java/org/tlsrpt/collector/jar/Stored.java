package org.tlsrpt.collector.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * What is in a database.
 *
 * @param rows one per report and policy domain
 * @param documents of which reports one is kept; under the id that its bytes make
 */
record Stored(List<Sent.Row> rows, List<UUID> documents) {

  private static final String ROWS =
      """
      select r.id, r.domain, r.successful, r.failed,
        (select count(*) from policy p
         where (p.domain, p.day, p.report_id) = (r.domain, r.day, r.id)),
        (select count(*) from failure_detail f
         where (f.domain, f.day, f.report_id) = (r.domain, r.day, r.id)),
        (select coalesce(sum(f.failed_session_count), 0) from failure_detail f
         where (f.domain, f.day, f.report_id) = (r.domain, r.day, r.id))
      from report r
      """;

  static Stored read(String url, String user, String password) throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, password)) {
      return new Stored(rows(connection), documents(connection));
    }
  }

  private static List<Sent.Row> rows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(ROWS)) {
      var rows = new ArrayList<Sent.Row>();
      while (found.next()) {
        rows.add(
            new Sent.Row(
                found.getObject(1, UUID.class),
                found.getString(2),
                found.getLong(5),
                found.getLong(6),
                found.getLong(3),
                found.getLong(4),
                found.getLong(7)));
      }
      return rows;
    }
  }

  private static List<UUID> documents(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery("select document from report where document is not null")) {
      var documents = new ArrayList<UUID>();
      while (found.next()) {
        documents.add(Sent.idOf(inflated(found.getBytes(1))));
      }
      return documents;
    }
  }

  private static byte[] inflated(byte[] document) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(document))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
