package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.Spool.Waiting;

/**
 * One pass over what waits, in order, with the names of one shard in memory. Ends even if more
 * arrives all the time.
 */
final class SpoolListing implements Iterator<Waiting> {

  private final SpoolLayout layout;
  private final Consumer<String> empty;
  private final Deque<Path> shards;
  private final Deque<SpoolName> names = new ArrayDeque<>();
  private @Nullable Waiting next;

  /**
   * Begins with the oldest.
   *
   * @param empty is told the shards with nothing in them
   */
  SpoolListing(SpoolLayout layout, Consumer<String> empty) throws IOException {
    this.layout = layout;
    this.empty = empty;
    this.shards = new ArrayDeque<>(layout.shards());
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && hasName()) {
        next = find(names.removeFirst());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next != null;
  }

  @Override
  public Waiting next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    var found = next;
    next = null;
    return found;
  }

  private boolean hasName() throws IOException {
    while (names.isEmpty() && !shards.isEmpty()) {
      var shard = shards.removeFirst();
      names.addAll(SpoolLayout.names(shard));
      if (names.isEmpty()) {
        empty.accept(shard.getName(shard.getNameCount() - 1).toString());
      }
    }
    return !names.isEmpty();
  }

  private @Nullable Waiting find(SpoolName name) throws IOException {
    try {
      return new Waiting(name, Files.size(layout.of(name)));
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
