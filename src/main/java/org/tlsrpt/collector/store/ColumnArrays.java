package org.tlsrpt.collector.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into one array per column, for {@code INSERT … SELECT … FROM unnest(?, ?, …)}: one
 * constant statement for any number of rows.
 */
final class ColumnArrays {

  private final String[] types;
  private final List<List<@Nullable Object>> columns;

  /**
   * Makes an empty set of columns.
   *
   * @param types PostgreSQL's name of each column's element type, in the order of the parameters
   */
  ColumnArrays(String... types) {
    this.types = types;
    this.columns = new ArrayList<>(types.length);
    for (var ignored : types) {
      columns.add(new ArrayList<>());
    }
  }

  void addRow(@Nullable Object... values) {
    if (values.length != types.length) {
      throw new IllegalArgumentException("as many values as columns");
    }
    for (var i = 0; i < values.length; i++) {
      columns.get(i).add(values[i]);
    }
  }

  int size() {
    return columns.getFirst().size();
  }

  /**
   * Binds each column to a parameter.
   *
   * @param first the first of them, from 1
   * @return the one after the last
   */
  int bind(PreparedStatement statement, int first, Connection connection) throws SQLException {
    for (var i = 0; i < types.length; i++) {
      statement.setArray(
          first + i, connection.createArrayOf(types[i], columns.get(i).toArray(arrayOf(types[i]))));
    }
    return first + types.length;
  }

  /** The driver sends arrays of these classes in binary; everything else goes as text. */
  private static Object[] arrayOf(String type) {
    return switch (type) {
      case "int8" -> new Long[0];
      case "int4" -> new Integer[0];
      case "bytea" -> new byte[0][];
      case "uuid" -> new UUID[0];
      default -> new String[0];
    };
  }

  /** PostgreSQL's text form of an array: arrays of arrays of uneven length cannot be bound. */
  static String literal(List<String> elements) {
    var text = new StringBuilder("{");
    for (var element : elements) {
      if (text.length() > 1) {
        text.append(',');
      }
      text.append('"').append(element.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return text.append('}').toString();
  }
}
