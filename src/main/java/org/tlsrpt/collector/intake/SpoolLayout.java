package org.tlsrpt.collector.intake;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of a spool.
 *
 * @param home with the lock
 * @param incoming files being written; what is found there at a start was never promised to anyone
 * @param waiting a directory for every 4,096 arrivals, with their files
 * @param damaged files set aside, for people to look at
 */
record SpoolLayout(Path home, Path incoming, Path waiting, Path damaged) {

  private static final Logger log = LoggerFactory.getLogger(SpoolLayout.class);

  /**
   * Makes what is missing, durably: what is fsynced below a directory is lost with its name.
   *
   * @param directory of the spool, made if need be
   * @param force of directories
   */
  static Path home(Path directory, SpoolArrivals.Force force) throws IOException {
    if (!Files.isDirectory(directory)) {
      var parent = directory.toAbsolutePath().normalize().getParent();
      if (parent != null) {
        home(parent, force);
      }
      Files.createDirectories(directory);
      if (parent != null) {
        force(parent, force);
      }
    }
    return directory.toRealPath();
  }

  /** Makes what is missing. */
  static SpoolLayout in(Path home, SpoolArrivals.Force force) throws IOException {
    var layout =
        new SpoolLayout(
            home, home.resolve("incoming"), home.resolve("waiting"), home.resolve("damaged"));
    Files.createDirectories(layout.incoming);
    Files.createDirectories(layout.waiting);
    Files.createDirectories(layout.damaged);
    force(home, force);
    return layout;
  }

  private static void force(Path directory, SpoolArrivals.Force force) throws IOException {
    try (var channel = FileChannel.open(directory, READ)) {
      force.force(directory, channel);
    }
  }

  Path of(SpoolName name) {
    return waiting.resolve(name.shard()).resolve(name.toString());
  }

  /** Removes what a killed run was writing; fails if this user may not write here. */
  void removeUnfinished() throws IOException {
    Files.createTempFile(incoming, "probe", null);
    for (var file : list(incoming)) {
      Files.delete(file);
    }
  }

  /** Files that people moved back from {@code damaged} wait again, in their old place. */
  void takeBack() throws IOException {
    for (var file : list(waiting)) {
      var name = nameOf(file);
      if (name.isPresent() && Files.isRegularFile(file)) {
        var place = of(name.get());
        Files.createDirectories(place.resolveSibling(""));
        Files.move(file, place, ATOMIC_MOVE);
      }
    }
  }

  /** Directories with waiting files, oldest first. */
  List<Path> shards() throws IOException {
    var shards = new ArrayList<Path>();
    for (var entry : list(waiting)) {
      if (Files.isDirectory(entry)) {
        shards.add(entry);
      }
    }
    shards.sort(null);
    return shards;
  }

  /** What waits in one of them, oldest first. */
  static List<SpoolName> names(Path shard) throws IOException {
    var names = new ArrayList<SpoolName>();
    for (var file : list(shard)) {
      var name = nameOf(file).filter(found -> shard.endsWith(found.shard()));
      name.ifPresentOrElse(names::add, () -> log.debug("Not of the spool, left alone: {}", file));
    }
    names.sort(null);
    return names;
  }

  /** What was set aside. */
  List<SpoolName> damagedNames() throws IOException {
    return list(damaged).stream().map(SpoolLayout::nameOf).flatMap(Optional::stream).toList();
  }

  private static Optional<SpoolName> nameOf(Path file) {
    return SpoolName.parse(file.getName(file.getNameCount() - 1).toString());
  }

  private static List<Path> list(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      var all = new ArrayList<Path>();
      entries.forEach(all::add);
      return all;
    }
  }
}
