package org.tlsrpt.collector.database;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** Unpacks PostgreSQL's programs from the class path. */
final class Binaries {

  private static final Map<String, String> ARCHIVES =
      Map.of(
          "Linux amd64", "/postgres-linux-x86_64.txz",
          "Linux aarch64", "/postgres-linux-arm_64.txz");

  private Binaries() {}

  /**
   * Unpacks the programs for this machine, unless they lie there already; older ones are removed.
   *
   * @param directory for programs only; whatever else is in it is deleted
   * @return the directory of initdb, pg_ctl and postgres
   * @throws EmbeddedServerException if there are none for this machine
   */
  static Path unpack(Path directory) throws IOException {
    var archive = archive(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    // Named by content, so that an update of the library never meets old programs.
    var target = directory.resolve(fingerprint(archive));
    if (!Files.isDirectory(target)) {
      Files.createDirectories(directory);
      removeOthers(directory);
      var unfinished = Files.createTempDirectory(directory, "unfinished-");
      extract(archive, unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return target.resolve("bin");
  }

  /** The name of the archive on the class path for a system, as Java names it. */
  static String archive(String system) {
    var archive = ARCHIVES.get(system);
    if (archive == null || Binaries.class.getResource(archive) == null) {
      throw new EmbeddedServerException(
          "The collector carries no PostgreSQL for this machine (%s).".formatted(system),
          "Name a PostgreSQL server with spring.datasource.url.");
    }
    return archive;
  }

  private static InputStream open(String archive) throws IOException {
    var stream = Binaries.class.getResourceAsStream(archive);
    if (stream == null) {
      throw new IOException("Not on the class path: " + archive);
    }
    return stream;
  }

  /** Without reading it: 30 MB at each start would take half a second. */
  private static String fingerprint(String archive) throws IOException {
    var connection = Objects.requireNonNull(Binaries.class.getResource(archive)).openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      throw new IOException("Not in a jar: " + archive);
    }
    var entry = jar.getJarEntry();
    return HexFormat.of().toHexDigits(entry.getCrc()) + "-" + entry.getSize();
  }

  private static void removeOthers(Path directory) throws IOException {
    try (var others = Files.newDirectoryStream(directory)) {
      for (var other : others) {
        FileSystemUtils.deleteRecursively(other);
      }
    }
  }

  private static void extract(String archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(tar, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      setExecutable(path.toFile(), (entry.getMode() & 0100) != 0);
    }
  }

  private static void setExecutable(File file, boolean executable) throws IOException {
    if (executable && !file.setExecutable(true, false)) {
      throw new IOException("Cannot make executable: " + file);
    }
  }
}
