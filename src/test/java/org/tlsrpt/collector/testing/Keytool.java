package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's keytool, a program by itself. */
final class Keytool {

  /** Of the files it writes, which live for a test. */
  static final String PASSWORD = "only for the moment";

  private Keytool() {}

  /**
   * Adds a new pair of keys with its certificate to a PKCS #12 file, which is made if need be.
   *
   * @param algorithm EC, RSA or Ed25519
   * @param arguments alias, names and whatever else is special
   */
  static void generate(Path file, String algorithm, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // it runs for a second
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
