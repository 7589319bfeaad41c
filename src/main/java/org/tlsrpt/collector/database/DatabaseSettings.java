package org.tlsrpt.collector.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded PostgreSQL lives. Without meaning when {@code spring.datasource.url} is set.
 *
 * @param directory holds everything of the server: its data, its password, its programs. Text and
 *     not a {@link Path}, because Spring looks for relative paths on the class path first
 * @param port TCP port on the loopback address, 0 for a free one
 */
@ConfigurationProperties("tlsrpt.database")
public record DatabaseSettings(
    @DefaultValue("./data/db") String directory, @DefaultValue("0") int port) {

  /** The directory, absolute and without {@code .} and {@code ..}. */
  Path home() {
    return Path.of(directory).toAbsolutePath().normalize();
  }
}
