package org.tlsrpt.collector.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The password of the collector's role, in a file that only its owner may read. */
final class Password {

  private static final int BYTES = 24;

  private Password() {}

  /** The password kept in a directory, if there is one. */
  static Optional<String> read(Path home) throws IOException {
    var file = file(home);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(file, US_ASCII).strip()).filter(text -> !text.isEmpty());
  }

  /** A new password, of letters, digits, {@code -} and {@code _}. Not kept yet. */
  static String random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Keeps a password: after this it survives a power cut. */
  static void keep(Path home, String password) throws IOException {
    var unfinished = home.resolve("password.unfinished");
    Files.deleteIfExists(unfinished);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(unfinished, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
      channel.write(US_ASCII.encode(password + "\n"));
      channel.force(true);
    }
    Files.move(unfinished, file(home), ATOMIC_MOVE);
    Directories.force(home);
  }

  private static Path file(Path home) {
    return home.resolve("password");
  }
}
