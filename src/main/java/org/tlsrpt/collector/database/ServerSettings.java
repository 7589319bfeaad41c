package org.tlsrpt.collector.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL's settings. On the command line, where they win over files: a report that was
 * acknowledged must survive a power cut whatever stands in postgresql.conf.
 */
final class ServerSettings {

  private static final List<String> ALWAYS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "password_encryption=scram-sha-256",
          "max_connections=100",
          "shared_buffers=128MB",
          "timezone=UTC",
          "log_timezone=UTC",
          // To our log, which has times and levels of its own, without the senders' data.
          "logging_collector=off",
          "log_destination=stderr",
          "log_line_prefix=",
          "log_checkpoints=off",
          "log_error_verbosity=terse",
          "log_min_error_statement=panic");

  private ServerSettings() {}

  /** Arguments of {@code postgres}. */
  static List<String> arguments(Path data, int port) {
    var arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", String.valueOf(port)));
    for (var setting : ALWAYS) {
      arguments.add("-c");
      arguments.add(setting);
    }
    return arguments;
  }
}
