package org.tlsrpt.collector.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Makes working directories of jars under {@code target}, on a disk that fsyncs. */
final class Home implements TempDirFactory {

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "jar-")
        .toAbsolutePath();
  }
}
