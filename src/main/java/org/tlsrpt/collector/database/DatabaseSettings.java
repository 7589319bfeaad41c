package org.tlsrpt.collector.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the embedded PostgreSQL lives. Without meaning when {@code spring.datasource.url} is set.
 *
 * @param directory holds everything of the server: its data, its password, its programs. Text and
 *     not a {@link Path}, because Spring looks for relative paths on the class path first
 * @param port TCP port on the loopback address, 0 for a free one
 */
@Validated
@ConfigurationProperties("tlsrpt.database")
public record DatabaseSettings(
    @DefaultValue("./data/db") @NotBlank String directory,
    @DefaultValue("0") @Min(0) @Max(65535) int port) {

  /** The directory, absolute and without {@code .} and {@code ..}. */
  Path home() {
    return Path.of(directory).toAbsolutePath().normalize();
  }
}
