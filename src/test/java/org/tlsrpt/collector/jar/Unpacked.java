package org.tlsrpt.collector.jar;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * The jar unpacked, with a cache of its classes, as docs/operations.md has it: tests start it some
 * twenty times, which would take 20 s each.
 */
final class Unpacked {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Half the time of a start is the better compiler's. */
  private static final List<String> OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final Path HOME = Path.of("target", "unpacked").toAbsolutePath();

  private static final Path CACHE = HOME.resolve("app.aot");

  private static final String JAR = HOME.resolve(Jar.FILE.getFileName()).toString();

  /** What starts it, without arguments. */
  static final List<String> COMMAND = command();

  private Unpacked() {}

  /** Made by one of the processes that run tests; the others wait. */
  private static List<String> command() {
    try (var file = FileChannel.open(Path.of("target", "unpacked.lock"), CREATE, WRITE)) {
      file.lock();
      if (!isMade()) {
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return java("-XX:AOTCache=" + CACHE, "-jar", JAR);
  }

  private static void make() throws IOException, InterruptedException {
    FileSystemUtils.deleteRecursively(HOME);
    run(java("-Djarmode=tools", "-jar", Jar.FILE + "", "extract", "--destination", HOME + ""));
    var training =
        java("-XX:AOTCacheOutput=" + CACHE, "-Dspring.context.exit=onRefresh", "-jar", JAR);
    training.addAll(Jar.ADDRESSES);
    run(training);
  }

  /** Of the same jar; the cache is written last. */
  private static boolean isMade() throws IOException {
    return Files.exists(CACHE)
        && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(Jar.FILE)) > 0;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    var home = Files.createTempDirectory("unpacked-");
    var log = home.resolve("log.txt");
    if (Jar.run(command, home, log).waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
    FileSystemUtils.deleteRecursively(home);
  }

  private static List<String> java(String... arguments) {
    var command = new ArrayList<>(List.of(JAVA));
    command.addAll(OPTIONS);
    command.addAll(List.of(arguments));
    return command;
  }
}
